import type { Source } from './source';

/** Pulls from an iterable. One whose `next()` throws has ended: it is neither asked again nor told to `return()`. */
export function iterableSource<T>(iterable: Iterable<T>): Source<T> {
  const iterator = iterable[Symbol.iterator]();
  let index = 0;
  let pulling = false;
  let stopped = false;
  let closed = false;
  let ended = false;
  const exhausted = (): boolean => stopped || ended;

  function close(): void {
    stopped = closed = true;
    if (ended || pulling) return; // a generator refuses `return()` while it runs: `take` closes when it is back
    ended = true;
    try {
      iterator.return?.();
    } catch {
      // The run is over: a failed clean-up has nobody left to tell.
    }
  }

  return {
    total: () => sizeOf(iterable),
    exhausted,
    take: (taker) => {
      if (exhausted()) {
        taker.end();
        return;
      }
      let step: IteratorResult<T>;
      pulling = true;
      try {
        step = iterator.next();
      } catch (reason) {
        ended = true;
        taker.error(reason);
        return;
      } finally {
        pulling = false;
      }
      if (step.done === true) ended = true;
      if (closed) close();
      if (exhausted()) taker.end();
      else taker.next(step.value as T, index++, 0); // not the return value: it is not done
    },
    stop: () => {
      stopped = true;
    },
    close,
    feed$: undefined,
  };
}

function sizeOf(iterable: Iterable<unknown>): number | undefined {
  if (Array.isArray(iterable)) return iterable.length;
  return iterable instanceof Set || iterable instanceof Map ? iterable.size : undefined;
}
