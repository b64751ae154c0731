import { map, type OperatorFunction } from 'rxjs';
import type { FanoutResult } from '../domain/result';

/** The bare answers. Errors with the first failure; what was under way is torn down. */
export function unwrap<Res>(): OperatorFunction<FanoutResult<unknown, Res>, Res> {
  return map(({ outcome }) => {
    if (outcome._tag === 'Left') throw outcome.left;
    return outcome.right;
  });
}
