import { completionError, type CompletionError } from '../domain/error';
import type { Caps } from '../transport/caps';
import type { Call } from '../transport/transport';
import { unsendableHeader } from '../transport/unsendable-header';
import { utf8Length } from '../transport/utf8-length';

/** Why a call is not handed to HttpClient: a header that HTTP cannot carry, or a body over the cap. */
export function unsendable(
  { headers, body }: Call,
  { bodyBytes }: Pick<Caps, 'bodyBytes'>,
): CompletionError | undefined {
  const problem = unsendableHeader(headers);
  if (problem !== undefined || utf8Length(body) <= bodyBytes) return problem;
  return completionError({
    _tag: 'BadRequest',
    message: `the request is larger than caps.bodyBytes, ${String(bodyBytes)}`,
  });
}
