/** How many calls ended in one second, and how many of them badly. */
interface Second {
  readonly second: number;
  readonly total: number;
  readonly failed: number;
}

/** Outcomes of the last minute, by second, oldest first: at most 60 entries, whatever the load. */
export type RecentOutcomes = readonly Second[];

const windowSeconds = 60;

/** The outcomes with one more; those older than a minute are dropped. */
export function withOutcome(outcomes: RecentOutcomes, isFailure: boolean, now: number): RecentOutcomes {
  const second = Math.floor(now / 1000);
  const kept = outcomes.filter((one) => isRecent(one, now));
  const last = kept.at(-1);
  const current = last?.second === second ? last : { second, total: 0, failed: 0 };
  const others = current === last ? kept.slice(0, -1) : kept;
  return [...others, { second, total: current.total + 1, failed: current.failed + (isFailure ? 1 : 0) }];
}

/** How many calls of the last minute ended, and how many of them badly. */
export function countOutcomes(outcomes: RecentOutcomes, now: number): Pick<Second, 'total' | 'failed'> {
  let [total, failed] = [0, 0];
  for (const one of outcomes) {
    if (!isRecent(one, now)) continue;
    total += one.total;
    failed += one.failed;
  }
  return { total, failed };
}

function isRecent({ second }: Second, now: number): boolean {
  return second > Math.floor(now / 1000) - windowSeconds;
}
