import { createQueue } from '../queue';
import { trampoline } from '../trampoline';
import type { Source, Taker } from './source';

/**
 * A source that gives each item `times` times, one after the other; indices count all that it gives. For items that are pulled: it takes one
 * when more is asked for than is left of those it has, so that nothing is taken ahead of those who ask.
 */
export function repeated<T>(source: Source<T>, times: number): Source<T> {
  if (times === 1) return source;
  const ready = createQueue<{ readonly item: T; readonly index: number }>();
  const takers = createQueue<Taker<T>>();
  let asked = 0; // items that have been asked for and have not come

  const serve = trampoline(() => {
    while (ready.size() > 0 && takers.size() > 0) {
      const next = ready.shift();
      if (next !== undefined) takers.shift()?.next(next.item, next.index, 0);
    }
    if (takers.size() <= asked * times) return;
    asked++;
    source.take(taker());
    serve();
  });

  /** One for each item, since a source may tell those who wait apart by their takers. */
  function taker(): Taker<T> {
    return {
      next: (item, index) => {
        asked--;
        for (let turn = 0; turn < times; turn++) ready.push({ item, index: index * times + turn });
        serve();
      },
      end: () => {
        asked--;
        while (takers.size() > asked * times) takers.shift()?.end();
      },
      error: (reason) => {
        asked--;
        takers.shift()?.error(reason);
      },
    };
  }

  return {
    total: () => {
      const total = source.total();
      return total === undefined ? undefined : total * times;
    },
    exhausted: () => ready.size() === 0 && source.exhausted(),
    take: (one) => {
      takers.push(one);
      serve();
    },
    stop: () => {
      ready.clear();
      source.stop();
    },
    close: () => {
      ready.clear();
      takers.clear();
      source.close();
    },
    feed$: source.feed$,
  };
}
