import { completionError, type CompletionError } from '../domain/error';
import type { Caps } from './caps';

/** The failure of a reply that is over a cap. */
export function tooLarge(what: string, cap: 'bodyBytes' | 'eventBytes', caps: Pick<Caps, typeof cap>): CompletionError {
  return completionError({
    _tag: 'InvalidResponse',
    message: `${what} is larger than caps.${cap}, ${String(caps[cap])}`,
  });
}
