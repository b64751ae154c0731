import { concat, merge, mergeMap, type Observable, range, takeWhile, tap } from 'rxjs';
import { allAtOnce } from './all-at-once';
import { lane } from './lane';
import type { Source } from './source/source';
import type { Start } from './start';

/**
 * Works on the items of a source, `concurrency` at a time: as many lanes, each of which takes an item, works on it, and
 * takes the next when its row is out. So never more than `concurrency` items are taken ahead of finished ones, however
 * many there are. Emits rows as they finish; completes when the source has ended, the last row is out and the source is
 * closed; errors when the source does. Unsubscribing aborts the work in every lane and closes the source.
 *
 * @param opened$ what must complete before the first item is taken
 */
export function lanes<T, R>(
  source: Source<T>,
  concurrency: number,
  start: Start<T, R>,
  opened$?: Observable<never>,
): Observable<R> {
  const rows$ =
    concurrency === Infinity
      ? allAtOnce(source, start)
      : range(0, concurrency).pipe(
          // eslint-disable-next-line rxjs-x/no-ignored-takewhile-value -- how many lanes there are is the source's to say
          takeWhile(() => !source.exhausted()),
          mergeMap(() => lane(source, start), concurrency),
        );
  const ready$ = opened$ === undefined ? rows$ : concat(opened$, rows$); // what comes by itself meanwhile waits in the source
  const fed$ = source.feed$ === undefined ? ready$ : merge(ready$, source.feed$); // fed when the lanes are there to take
  return fed$.pipe(tap({ complete: source.close, finalize: source.close }));
}
