import { defer, EMPTY, from, ignoreElements, Subject, takeUntil, tap } from 'rxjs';
import { createQueue } from '../queue';
import type { Source, Taker } from './source';

/** An input that is promised: lanes wait until it is there, then pull from what `open` makes of it. */
export function promiseSource<P, T>(promised: PromiseLike<P>, open: (input: P) => Source<T>): Source<T> {
  const takers = createQueue<Taker<T>>();
  const stop$ = new Subject<void>();
  let source: Source<T> | undefined;
  let stopped = false;

  function arrive(input: P): void {
    source = open(input);
    for (let taker = takers.shift(); taker !== undefined; taker = takers.shift()) source.take(taker);
  }

  function stop(): void {
    stopped = true;
    stop$.next();
    source?.stop();
    for (let taker = takers.shift(); taker !== undefined; taker = takers.shift()) taker.end();
  }

  return {
    total: () => source?.total(),
    exhausted: () => source?.exhausted() ?? stopped,
    take: (taker) => {
      if (source !== undefined) source.take(taker);
      else if (stopped) taker.end();
      else takers.push(taker);
    },
    stop,
    close: () => {
      takers.clear();
      stop();
      source?.close();
    },
    feed$: defer(() => (stopped ? EMPTY : from(promised))).pipe(tap(arrive), ignoreElements(), takeUntil(stop$)),
  };
}
