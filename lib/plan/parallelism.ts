/** How many calls a deployment has shown it can take at once. Without a `limit` it never throttled us. */
export interface Parallelism {
  readonly limit?: number;
  readonly changedAt: number;
}

export const unlimited: Parallelism = { changedAt: -Infinity };

/** To what share a throttle cuts what was in flight: AIMD as TCP and Netflix's concurrency-limits have it. */
const cut = 0.7;

/** After a throttle, `inFlight` counting the throttled call. Cut once a round trip: calls sent before the last change say nothing new. */
export function afterThrottle(learned: Parallelism, inFlight: number, sentAt: number, now: number): Parallelism {
  if (sentAt < learned.changedAt) return learned;
  return { limit: Math.max(1, Math.floor(inFlight * cut)), changedAt: now };
}

/** After a call without a throttle: one more a round trip, as long as the limit is what holds us back. */
export function afterRoundTrip(learned: Parallelism, inFlight: number, sentAt: number, now: number): Parallelism {
  if (learned.limit === undefined || sentAt < learned.changedAt || inFlight < learned.limit) return learned;
  return { limit: learned.limit + 1, changedAt: now };
}
