/**
 * Time from a request to its reply: log-normal through these two quantiles (ms), plus `perTokenMs` for each token of the answer.
 * A stream begins after the first, and its tokens come at the second.
 */
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

/**
 * What goes wrong, each as a share (0 to 1) of the completions asked for; together at most 1. The middle of a stream is after one
 * or more pieces of the answer (how many, the seed says) and, if there are several, before the last.
 *
 * | fault | a whole reply | a stream |
 * |---|---|---|
 * | `status` | an error of that status | the same, no stream |
 * | `reset` | the connection is reset before it | the same |
 * | `stall` | nothing comes, for as long as the client waits | the same |
 * | `html` | status 200 with an HTML page | the same |
 * | `slowBody` | correct; a twentieth of the body every 100 ms | the same |
 * | `malformed` | JSON that breaks off, then the body's proper end | an event in the middle whose JSON breaks off; the rest is correct |
 * | `cut` | half of the body, then the connection ends | the middle of an event in the middle, then the connection ends |
 * | `stallMidStream` | nothing wrong | nothing after the middle; the connection stays open |
 * | `errorEvent` | nothing wrong | the vendor's error event in the middle, then the body's proper end |
 * | `noEnd` | nothing wrong | all of the answer, then the body's proper end without any closing event |
 * | `splitUtf8` | nothing wrong | correct; CRLF line ends; a write ends inside each line end and each character of several bytes |
 */
export interface SimulationFaults {
  /** By status, e.g. `{ 500: 0.05, 503: 0.01 }`. */
  readonly status?: Readonly<Record<number, number>> | undefined;
  readonly reset?: number | undefined;
  readonly stall?: number | undefined;
  readonly html?: number | undefined;
  readonly slowBody?: number | undefined;
  readonly malformed?: number | undefined;
  readonly cut?: number | undefined;
  readonly stallMidStream?: number | undefined;
  readonly errorEvent?: number | undefined;
  readonly noEnd?: number | undefined;
  readonly splitUtf8?: number | undefined;
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
