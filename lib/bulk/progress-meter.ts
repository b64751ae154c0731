import type { Either } from 'fp-ts/Either';
import { type Observable, Subject } from 'rxjs';
import type { Progress } from './progress';

/** What is counted outside of the rows, by whoever does the work. */
export interface Tally {
  /** Requests that are waiting now. */
  readonly waiting: number;
  /** Retries made so far. */
  readonly retries: number;
}

/** A row, as far as progress looks at it. */
interface CountedRow {
  readonly outcome: Either<unknown, unknown>;
  readonly usage?: { readonly totalTokens: number };
  readonly cost?: number;
  readonly restored?: true;
}

/** How many rows had been worked for, and when (ms). */
interface Reading {
  readonly at: number;
  readonly worked: number;
}

export interface ProgressMeter {
  readonly taken: () => void;
  readonly settled: (row: CountedRow) => void;
  /** Emits when a count has changed. */
  readonly changed$: Observable<void>;
  /** The counts now. Each reading also moves the window of the rate along. */
  readonly read: () => Progress;
}

const windowMs = 10_000;

/** A rate that was watched for less says nothing of the time left. */
const leastMs = 1000;

/** Counts a run. `total` as far as the input knows it; `now`: monotonic clock (ms). */
export function progressMeter(
  total: () => number | undefined,
  now: () => number,
  tally: Tally = { waiting: 0, retries: 0 },
): ProgressMeter {
  let [taken, done, restored, failed, tokens, cost] = [0, 0, 0, 0, 0, 0];
  const changed$ = new Subject<void>();
  const begun: Reading = { at: now(), worked: 0 };
  let readings: readonly Reading[] = [begun];

  /** The rate since the latest reading that is a window old, else since the first. What was restored took no time worth measuring. */
  function pace(): { readonly perSecond: number; readonly watchedMs: number } {
    const at = now();
    const worked = done - restored;
    const young = readings.findIndex((reading) => at - reading.at < windowMs);
    readings = readings.slice(Math.max((young === -1 ? readings.length : young) - 1, 0));
    const since = readings[0] ?? begun;
    const watchedMs = at - since.at;
    readings = [...readings, { at, worked }];
    return { perSecond: watchedMs > 0 ? ((worked - since.worked) * 1000) / watchedMs : 0, watchedMs };
  }

  return {
    taken: () => {
      taken++;
      changed$.next();
    },
    settled: (row) => {
      done++;
      if (row.outcome._tag === 'Left') failed++;
      if (row.restored === true) {
        restored++; // its tokens were paid for by another run
        changed$.next();
        return;
      }
      tokens += row.usage?.totalTokens ?? 0;
      cost += row.cost ?? 0;
      changed$.next();
    },
    changed$,
    read: () => {
      const all = total();
      const { perSecond, watchedMs } = pace();
      return {
        ...(all === undefined ? {} : { total: all }),
        taken,
        done,
        failed,
        restored,
        inFlight: taken - done,
        waiting: tally.waiting,
        retries: tally.retries,
        tokens,
        cost,
        perSecond,
        ...etaOf(all, done, watchedMs < leastMs ? 0 : perSecond),
      };
    },
  };
}

function etaOf(total: number | undefined, done: number, perSecond: number): { readonly etaMs?: number } {
  if (total === undefined) return {};
  if (done >= total) return { etaMs: 0 };
  return perSecond > 0 ? { etaMs: ((total - done) / perSecond) * 1000 } : {};
}
