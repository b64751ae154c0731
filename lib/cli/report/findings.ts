import { emptyLedger, isRetry, posted, totalOf } from '../../domain/ledger';
import type { Ledger } from '../../index';
import { histogram, type Histogram } from './histogram';
import type { ResultLine } from './result-line';
import { sample } from './sample';
import { timeLine, type TimeLine } from './time-line';

/** One call, as a dot. */
export interface Dot {
  readonly deployment: string;
  readonly startedAt: number;
  readonly elapsedMs: number;
  /** Or it was throttled. */
  readonly isFailure: boolean;
}

/** Failures of one kind. */
export interface Kind {
  count: number;
  /** What the first of them said. */
  readonly message: string;
}

/** What is found in the results of a run. Holds as much for a million of them as for a thousand. */
export interface Findings {
  readonly requests: number;
  readonly failed: number;
  readonly shared: number;
  readonly total: Ledger;
  readonly deployments: ReadonlyMap<string, Ledger>;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly latency: Histogram;
  readonly timeLine: TimeLine;
  readonly dots: readonly Dot[];
  /** From the first call to the last one's end (wall clock, ms). */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Finder {
  readonly add: (line: ResultLine) => void;
  readonly found: () => Findings;
}

export const mostDots = 4000;

/** @param random numbers in [0, 1): which calls are shown as dots when there are too many */
export function finder(random: () => number): Finder {
  const deployments = new Map<string, Ledger>();
  const kinds = new Map<string, Kind>();
  const [latency, calls] = [histogram(), timeLine()];
  const dots = sample<Dot>(mostDots, random);
  let [requests, failed, shared, fromMs, toMs] = [0, 0, 0, Infinity, -Infinity];
  let total = emptyLedger;

  function addCall(call: ResultLine['attempts'][number], before: ResultLine['attempts']): void {
    const { deployment, startedAt, elapsedMs, ended, usage, cost = 0 } = call;
    const entry = { ...call, isRetry: isRetry(call, before as never) };
    total = posted(total, entry);
    deployments.set(deployment, posted(deployments.get(deployment) ?? emptyLedger, entry));
    const endedAt = startedAt + elapsedMs;
    [fromMs, toMs] = [Math.min(fromMs, startedAt), Math.max(toMs, endedAt)];
    calls.add(deployment, startedAt, endedAt, {
      failed: ended === 'failed' ? 1 : 0,
      throttled: ended === 'throttled' ? 1 : 0,
      tokens: usage?.totalTokens ?? 0,
      cost,
    });
    dots.add({ deployment, startedAt, elapsedMs, isFailure: ended === 'failed' || ended === 'throttled' });
  }

  return {
    add: ({ attempts, timing, error, shared: isShared }) => {
      requests += 1;
      if (isShared === true) shared += 1;
      if (error === undefined) latency.add(timing.elapsedMs);
      else {
        failed += 1;
        const { _tag = 'Error', message } = error;
        const kind = kinds.get(_tag) ?? { count: 0, message };
        kind.count += 1;
        kinds.set(_tag, kind);
      }
      for (const [i, call] of attempts.entries()) addCall(call, attempts.slice(0, i));
    },
    found: () => ({
      requests,
      failed,
      shared,
      total,
      deployments: new Map([...deployments].sort(([, a], [, b]) => totalOf(b).calls - totalOf(a).calls)),
      kinds,
      latency,
      timeLine: calls,
      dots: dots.items(),
      fromMs,
      toMs,
    }),
  };
}
