/** Time from a request to its reply: log-normal through these two quantiles (ms), plus `perTokenMs` for each token of the answer. */
export interface SimulationLatency {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Default 0. */
  readonly perTokenMs?: number | undefined;
}

/** A token bucket, refilled at `rps` requests a second, `burst` deep (default: one second's worth, at least 1). */
export interface SimulationRateLimit {
  readonly rps: number;
  readonly burst?: number | undefined;
}

/** What goes wrong, each as a share (0 to 1) of the completions asked for; together at most 1. */
export interface SimulationFaults {
  /** Replies with an error status, e.g. `{ 500: 0.05, 503: 0.01 }`. */
  readonly status?: Readonly<Record<number, number>> | undefined;
  /** The connection is reset instead of a reply. */
  readonly reset?: number | undefined;
  /** No reply, for as long as the client waits. */
  readonly stall?: number | undefined;
  /** A correct reply whose body takes two seconds, a twentieth of it every 100 ms. */
  readonly slowBody?: number | undefined;
  /** Status 200 with JSON that breaks off. */
  readonly malformed?: number | undefined;
  /** Status 200 with an HTML page. */
  readonly html?: number | undefined;
}

/** What `simulateProviders` is given; everything is off by default. */
export interface SimulationOptions {
  /** Default: any free one. */
  readonly port?: number | undefined;
  /** The same seed gives the same texts, latencies and faults to the same requests, in whatever order they come. Default 1. */
  readonly seed?: number | undefined;
  readonly latency?: SimulationLatency | undefined;
  readonly rateLimit?: SimulationRateLimit | undefined;
  readonly faults?: SimulationFaults | undefined;
  /** The keys that are accepted, others get a 401. Default: any, and none. */
  readonly keys?: readonly string[] | undefined;
}
