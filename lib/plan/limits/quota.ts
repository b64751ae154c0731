import type { Rate } from './rate';

/** A vendor's limit that several deployments draw on. Changed in place, together with theirs. */
export interface Quota {
  readonly name: string;
  maxParallel: number;
  rates: readonly Rate[];
  inFlight: number;
}
