import { completionError, type CompletionError } from '../domain/error';
import type { Call } from './transport';

const token = /^[!#$%&'*+.^_`|~\w-]+$/;
const sendable = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
const holdsKey = /auth|key|token/;

/**
 * Why HTTP cannot carry the headers of a call, naming the first one at fault and never its value: it has CR or LF (axios would
 * strip them in silence), another control character, or one outside Latin-1. A key like that is `Authentication`, so that a deployment
 * with a good key is asked instead; another header is `BadRequest`.
 */
export function unsendableHeader(headers: Call['headers']): CompletionError | undefined {
  const name = Object.keys(headers).find((each) => !token.test(each) || !sendable.test(headers[each] ?? ''));
  if (name === undefined) return undefined;
  const shown = token.test(name) ? `the header ${name}` : 'the name of a header';
  return completionError({
    _tag: holdsKey.test(name) ? 'Authentication' : 'BadRequest',
    message: `${shown} holds a character that HTTP cannot carry`,
  });
}
