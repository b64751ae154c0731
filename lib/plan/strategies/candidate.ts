import type { Price } from '../../domain/price';
import { factsOf, type DeploymentState } from '../deployment';
import { averageNow } from '../speed';
import { usedShare } from './used-share';

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
  /** Of its tokens a minute, what is used or reserved, from 0 to 1; without `tpm` of its calls a minute, without `rpm` 0. */
  readonly tpmShare: number;
  /** USD per million tokens; absent when it is not known. */
  readonly price?: Price;
}

export function candidate(one: DeploymentState, star: string | undefined, now: number): Candidate {
  const { id, group, inFlight, weight, order, speed } = one;
  const { price } = factsOf(one, star);
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
    tpmShare: usedShare(one, now),
    ...(price === undefined ? {} : { price }),
  };
}
