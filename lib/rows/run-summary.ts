import type { Usage } from '../domain/usage';

/** What became of a run, in one object. */
export interface RunSummary {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  /** How many failures there were of each kind: by the error's `_tag`, else its name. */
  readonly byTag: Readonly<Record<string, number>>;
  /** Half of the rows took at most this long, in a lane (ms); 0 without rows. */
  readonly elapsedP50Ms: number;
  readonly elapsedP95Ms: number;
  /** Of all attempts; of a `run` of one's own there is none to add. */
  readonly usage: Usage;
  /** USD; absent when the price of any answer is unknown. */
  readonly cost?: number;
  /** Calls made. */
  readonly attempts: number;
  /** Calls made again after a failure. */
  readonly retries: number;
  /** Calls that the provider put off. */
  readonly throttles: number;
  /** From the subscription to the end (ms). */
  readonly makespanMs: number;
}
