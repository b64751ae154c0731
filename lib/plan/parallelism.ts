/** How many calls a deployment has shown it can take at once. Without a `limit` it never throttled us. */
export interface Parallelism {
  readonly limit?: number;
  /** The first call that was sent since the limit last changed, as calls are numbered: those before say nothing new. */
  readonly since: number;
}

export const unlimited: Parallelism = { since: 0 };

/** A call that has ended. */
export interface EndedCall {
  /** Its number, counting the deployment's calls as they are sent. */
  readonly number: number;
  /** The number that the next call will have. */
  readonly next: number;
  /** Calls under way, this one included. */
  readonly inFlight: number;
}

/** To what share a throttle cuts what was in flight: AIMD as TCP and Netflix's concurrency-limits have it. */
const cut = 0.7;

/** After a throttle: less than it had. Once a round trip, for the others that were under way met the same wall. */
export function afterThrottle(learned: Parallelism, { number, next, inFlight }: EndedCall): Parallelism {
  return number < learned.since ? learned : { limit: Math.max(1, Math.floor(inFlight * cut)), since: next };
}

/**
 * After a call without a throttle: one more a round trip, as long as the limit is what holds us back. It is not forgotten
 * then: what was learned still holds for the next, wider run.
 */
export function afterRoundTrip(learned: Parallelism, { number, next, inFlight }: EndedCall): Parallelism {
  if (learned.limit === undefined || number < learned.since || inFlight < learned.limit) return learned;
  return { limit: learned.limit + 1, since: next };
}
