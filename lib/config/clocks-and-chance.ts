/** What a router reads time and chance from unless it is told otherwise. Nothing else of a router knows the real ones; the engine under it has only a clock of its own. */
export const clocksAndChance = {
  /** Monotonic clock (ms). */
  now: (): number => performance.now(),
  /** Wall clock (ms since the epoch). */
  wallNow: (): number => Date.now(),
  random: (): number => Math.random(),
} as const;
