import type { AxiosResponse } from 'axios';
import { right } from 'fp-ts/Either';
import { completionError } from '../domain/error';
import type { Caps } from './caps';
import { parseJson } from './parse-json';
import { plainHeaders } from './plain-headers';
import type { Reply } from './transport';

/** An axios response as a `Reply`; throws `InvalidResponse` for a redirect that a browser refused to show. */
export function axiosReply({ status, headers, data }: AxiosResponse<unknown>, caps: Caps): Reply {
  if (status === 0)
    throw completionError({ _tag: 'InvalidResponse', message: 'the reply is a redirect', isRetryable: false });
  return { status, headers: plainHeaders(headers), body: bodyOf(data, caps) };
}

/** Ours asks for text; an interceptor or a mock adapter may still hand over what it parsed itself. */
function bodyOf(data: unknown, caps: Caps): Reply['body'] {
  if (typeof data === 'string') return parseJson(data, caps);
  return data === undefined || data === null ? parseJson('', caps) : right(data);
}
