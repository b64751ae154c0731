import type { Ledger } from '../domain/ledger';
import type { Usage } from '../domain/usage';

/** What became of a run, in one object. */
export interface RunSummary {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Of them all: taken from a journal. What they took is in the figures below: it is the sum of the whole work. */
  readonly restored: number;
  /** Of them all: answered by another request's call. */
  readonly shared: number;
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
  /** What all calls took, by how they ended. */
  readonly ledger: Ledger;
  /** The same, by the id of the deployment. */
  readonly deployments: Readonly<Record<string, Ledger>>;
  /** From the subscription to the end (ms). */
  readonly makespanMs: number;
}
