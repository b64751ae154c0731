import type { Source, Taker } from './source';

/**
 * Pulls from an async iterable. Each lane that is free calls `next()` at once, so calls overlap: async generators queue
 * them; an iterator written by hand must allow it. An item's index is the place of its call.
 */
export function asyncIterableSource<T>(iterable: AsyncIterable<T>): Source<T> {
  const iterator = iterable[Symbol.asyncIterator]();
  const waiting = new Set<Taker<T>>();
  let calls = 0;
  let stopped = false;
  let ended = false;
  const exhausted = (): boolean => stopped || ended;

  // A taker that is no longer waiting was sent away by `stop` or `close`: its answer comes too late.
  const settle = (taker: Taker<T>, index: number, step: IteratorResult<T>): void => {
    if (step.done === true) ended = true;
    if (!waiting.delete(taker)) return;
    if (step.done === true) taker.end();
    else taker.next(step.value, index, 0);
  };
  const fail = (taker: Taker<T>, reason: unknown): void => {
    ended = true;
    if (waiting.delete(taker)) taker.error(reason);
  };

  return {
    total: () => undefined,
    exhausted,
    take: (taker) => {
      if (exhausted()) {
        taker.end();
        return;
      }
      const index = calls++;
      waiting.add(taker);
      try {
        iterator
          .next()
          .then((step) => {
            settle(taker, index, step);
          })
          .catch((reason: unknown) => {
            fail(taker, reason); // of `next()`, or a step that is none
          });
      } catch (reason) {
        fail(taker, reason);
      }
    },
    stop: () => {
      stopped = true;
      const leaving = [...waiting];
      waiting.clear();
      for (const taker of leaving) taker.end();
    },
    close: () => {
      stopped = true;
      waiting.clear();
      if (ended) return;
      ended = true;
      try {
        iterator.return?.().then(undefined, () => undefined);
      } catch {
        // The run is over: a failed clean-up has nobody left to tell.
      }
    },
    feed$: undefined,
  };
}
