/** What a router reads time and chance from unless it is told otherwise. The only place of the library that knows the real ones. */
export const clocksAndChance = {
  /** Monotonic clock (ms). */
  now: (): number => performance.now(),
  /** Wall clock (ms since the epoch). */
  wallNow: (): number => Date.now(),
  random: (): number => Math.random(),
} as const;
