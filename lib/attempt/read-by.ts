import { identity, map, type MonoTypeOperatorFunction } from 'rxjs';
import type { Completion } from '../domain/completion';
import type { Output } from '../domain/output';
import { orThrow } from './or-throw';

/**
 * Each completion as `output` reads it; errors with the failure when it cannot be read. Without an output it is passed on as it is.
 *
 * @param heard told of each completion before it is read: it has to be paid for, whatever becomes of it
 */
export function readBy(
  output: Output | undefined,
  heard: (completion: Completion) => void,
): MonoTypeOperatorFunction<Completion> {
  if (output === undefined) return identity;
  return map((completion) => {
    heard(completion);
    return orThrow(output.read(completion));
  });
}
