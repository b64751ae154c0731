import type { DeploymentState } from '../deployment';
import { averageNow } from '../speed';

/** A deployment that could take a request now, as a strategy of one's own sees it: a copy of what is known. */
export interface Candidate {
  readonly id: string;
  readonly group: string;
  /** Calls under way. */
  readonly inFlight: number;
  readonly weight: number;
  readonly order: number;
  /** Of whole answers, per output token (ms); absent when there was none in the last three minutes. */
  readonly msPerToken?: number;
  /** Of streams, from sending to the first content (ms); absent likewise. */
  readonly firstChunkMs?: number;
}

export function candidate({ id, group, inFlight, weight, order, speed }: DeploymentState, now: number): Candidate {
  const msPerToken = averageNow(speed.msPerToken, now);
  const firstChunkMs = averageNow(speed.firstChunkMs, now);
  return {
    id,
    group,
    inFlight,
    weight,
    order,
    ...(msPerToken === undefined ? {} : { msPerToken }),
    ...(firstChunkMs === undefined ? {} : { firstChunkMs }),
  };
}
