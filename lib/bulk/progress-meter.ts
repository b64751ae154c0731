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

/** Counts a run. `total` as far as the input knows it; `now`: monotonic clock (ms). */
export function progressMeter(
  total: () => number | undefined,
  now: () => number,
  tally: Tally = { waiting: 0, retries: 0 },
): ProgressMeter {
  let [taken, done, failed, tokens, cost] = [0, 0, 0, 0, 0];
  const changed$ = new Subject<void>();
  let readings: readonly { readonly at: number; readonly done: number }[] = [{ at: now(), done: 0 }];

  /** The rate since the latest reading that is a window old, else since the first. */
  function perSecond(): number {
    const at = now();
    const young = readings.findIndex((reading) => at - reading.at < windowMs);
    readings = readings.slice(Math.max((young === -1 ? readings.length : young) - 1, 0));
    const since = readings[0];
    const rate = since === undefined || at <= since.at ? 0 : ((done - since.done) * 1000) / (at - since.at);
    readings = [...readings, { at, done }];
    return rate;
  }

  return {
    taken: () => {
      taken++;
      changed$.next();
    },
    settled: (row) => {
      done++;
      if (row.outcome._tag === 'Left') failed++;
      tokens += row.usage?.totalTokens ?? 0;
      cost += row.cost ?? 0;
      changed$.next();
    },
    changed$,
    read: () => {
      const all = total();
      const rate = perSecond();
      return {
        ...(all === undefined ? {} : { total: all }),
        taken,
        done,
        failed,
        inFlight: taken - done,
        waiting: tally.waiting,
        retries: tally.retries,
        tokens,
        cost,
        perSecond: rate,
        ...etaOf(all, done, rate),
      };
    },
  };
}

function etaOf(total: number | undefined, done: number, perSecond: number): { readonly etaMs?: number } {
  if (total === undefined) return {};
  if (done >= total) return { etaMs: 0 };
  return perSecond > 0 ? { etaMs: ((total - done) / perSecond) * 1000 } : {};
}
