import { defer, EMPTY, ignoreElements, type Observable, Subject, takeUntil, tap } from 'rxjs';
import { createQueue } from '../queue';
import type { Source, Taker } from './source';

/** Lanes that wait for items, and items that wait for lanes: never both. `now` (ms) tells how long an item lay there. */
export function observableSource<T>(items$: Observable<T>, now: () => number): Source<T> {
  const items = createQueue<{ readonly item: T; readonly arrivedAt: number }>();
  const takers = createQueue<Taker<T>>();
  const stop$ = new Subject<void>();
  let index = 0;
  let ended = false;

  function arrive(item: T): void {
    const taker = takers.shift();
    if (taker === undefined) items.push({ item, arrivedAt: now() });
    else taker.next(item, index++, 0);
  }

  function end(): void {
    ended = true;
    for (let taker = takers.shift(); taker !== undefined; taker = takers.shift()) taker.end();
  }

  function stop(): void {
    items.clear();
    stop$.next();
    end();
  }

  return {
    total: () => undefined,
    exhausted: () => ended && items.size() === 0,
    take: (taker) => {
      const oldest = items.shift();
      if (oldest !== undefined) taker.next(oldest.item, index++, now() - oldest.arrivedAt);
      else if (ended) taker.end();
      else takers.push(taker);
    },
    stop,
    close: () => {
      takers.clear();
      stop();
    },
    feed$: defer(() => (ended ? EMPTY : items$)).pipe(
      tap({ next: arrive, complete: end }),
      ignoreElements(),
      takeUntil(stop$),
    ),
  };
}
