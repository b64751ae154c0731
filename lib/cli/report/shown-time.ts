import type { Pause } from './pauses';

/** Where a chart leaves out time: from there on it shows what was so many seconds later. */
export interface Cut {
  /** On the chart, the middle of what is left of the pause (s since the epoch). */
  readonly at: number;
  readonly seconds: number;
}

/** The time that a chart shows. */
export interface ShownTime {
  readonly cuts: readonly Cut[];
  /** Where on the chart a time is (ms to s since the epoch). */
  readonly of: (ms: number) => number;
}

/** What is left out is so many whole ones of the largest of these that is no more than a tenth of the run: so times at the ticks stay round. */
const unitsMs = [86_400_000, 3_600_000, 600_000, 60_000, 10_000, 1000];

/**
 * Time without long pauses, so that a run that was gone on with after a week is not two lines at the edges of a chart. A little of each is
 * left, at least two stretches, so that one sees it.
 *
 * @param busyMs how long the run took without them
 * @param everyMs the length of a stretch
 */
export function shownTime(pauses: readonly Pause[], busyMs: number, everyMs: number): ShownTime {
  const unitMs = unitsMs.find((unit) => unit <= busyMs / 10) ?? 1000;
  const left = pauses
    .map(({ fromMs, toMs }) => ({
      fromMs,
      toMs,
      cutMs: Math.floor((toMs - fromMs - 2 * everyMs) / unitMs) * unitMs,
    }))
    .filter(({ cutMs }) => cutMs > 0);
  const shownMs = (ms: number): number =>
    left.reduce((shown, { fromMs, cutMs }) => (ms > fromMs ? shown - cutMs : shown), ms);
  return {
    cuts: left.map(({ fromMs, toMs, cutMs }) => ({
      at: (shownMs(fromMs) + (toMs - fromMs - cutMs) / 2) / 1000,
      seconds: cutMs / 1000,
    })),
    of: (ms) => shownMs(ms) / 1000,
  };
}
