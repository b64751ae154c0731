import type { HttpResponseBase } from '@angular/common/http';
import { right } from 'fp-ts/Either';
import type { Caps } from '../transport/caps';
import { parseJson } from '../transport/parse-json';
import { plainHeaders } from '../transport/plain-headers';
import type { Reply } from '../transport/transport';

/** What HttpClient answered, of whatever status, as a `Reply`. */
export function httpReply({ status, headers }: HttpResponseBase, body: unknown, caps: Caps): Reply {
  const named = headers.keys().map((name) => [name, headers.getAll(name)] as const);
  return { status, headers: plainHeaders(Object.fromEntries(named)), body: bodyOf(body, caps) };
}

/** Text was asked for; an interceptor may hand over what it parsed itself. */
function bodyOf(body: unknown, caps: Caps): Reply['body'] {
  if (typeof body === 'string') return parseJson(body, caps);
  return body === undefined || body === null ? parseJson('', caps) : right(body);
}
