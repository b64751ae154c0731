import { Subscription, tap, timer } from 'rxjs';
import { longestTimerMs } from '../rx/longest-timer';

/** One timer, set anew as things change. */
export interface Alarm {
  /** Rings at this time, and no more at the one set before; Infinity: not at all. Both times in ms, on one clock. */
  readonly set: (time: number, now: number, ring: () => void) => void;
  /** When it will ring (ms); Infinity: not at all. */
  readonly time: () => number;
}

/** It may ring too early: timers do by a fraction of a ms, and none is longer than 24 days. Whoever is rung looks at the clock and sets it again. */
export function alarm(): Alarm {
  let due = Infinity;
  let running = Subscription.EMPTY;
  return {
    time: () => due,
    set: (time, now, ring) => {
      running.unsubscribe();
      due = time;
      if (time === Infinity) return;
      const rung = tap(() => {
        due = Infinity;
        ring();
      });
      running = timer(Math.min(time - now, longestTimerMs))
        .pipe(rung)
        .subscribe();
    },
  };
}
