import { createQueue } from '../queue';
import type { Source, Taker } from './source';

/** A source that gives no item more than `window` beyond those said to be delivered: what is ahead of a slow reader stays bounded. */
export interface WindowedSource<T> extends Source<T> {
  /** One more item has left at the other end; a lane that was held back may take. */
  readonly delivered: () => void;
}

/** Holds lanes back while `window` items are under way between `take` and `delivered`; Infinity holds nobody back. */
export function windowed<T>(source: Source<T>, window: number): WindowedSource<T> {
  if (window === Infinity) return { ...source, delivered: () => undefined };
  const held = createQueue<Taker<T>>();
  let room = window;
  let letting = false;

  function leave(): void {
    room++;
    if (letting) return; // a loop, not a recursion: at the end of the input every lane that is let in leaves at once
    letting = true;
    for (let taker = next(); taker !== undefined; taker = next()) enter(taker);
    letting = false;
  }

  function next(): Taker<T> | undefined {
    return room > 0 ? held.shift() : undefined;
  }

  function enter(taker: Taker<T>): void {
    room--;
    source.take({
      next: taker.next,
      error: taker.error,
      end: () => {
        taker.end();
        leave(); // it was given nothing
      },
    });
  }

  return {
    ...source,
    take: (taker) => {
      if (room > 0) enter(taker);
      else held.push(taker);
    },
    delivered: leave,
    stop: () => {
      source.stop();
      for (let taker = held.shift(); taker !== undefined; taker = held.shift()) taker.end();
    },
    close: () => {
      held.clear();
      source.close();
    },
  };
}
