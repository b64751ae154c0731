import { defer, finalize, type MonoTypeOperatorFunction } from 'rxjs';
import { interruptedBy } from '../rx/interrupted-by';
import type { Asked } from './journey';

/** A wait of a request: it counts as waiting while subscribed, and ends with the failure with which its run is stopped. */
export function waiting<A>({ stopped$, tally }: Asked): MonoTypeOperatorFunction<A> {
  return (source) =>
    defer(() => {
      tally.waiting += 1;
      return source.pipe(
        interruptedBy(stopped$, (failure) => failure),
        finalize(() => {
          tally.waiting -= 1;
        }),
      );
    });
}
