/** A while in which no call was under way (wall clock, ms). */
export interface Pause {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a router waits for a provider at most. In a longer while without a call nothing ran: the run was stopped, and gone on with later. */
const longestWaitMs = 600_000;

/**
 * The pauses of a run that was gone on with later.
 *
 * @param busy the stretches of time with calls in them, the first one first
 * @param everyMs the length of a stretch
 */
export function pausesOf(busy: readonly number[], everyMs: number): readonly Pause[] {
  return busy.flatMap((stretch, i) => {
    const before = busy[i - 1] ?? stretch;
    const [fromMs, toMs] = [(before + 1) * everyMs, stretch * everyMs];
    return toMs - fromMs > longestWaitMs ? [{ fromMs, toMs }] : [];
  });
}
