import type { DeploymentState } from '../deployment';
import { averageNow } from '../speed';
import type { Situation } from './situation';

/**
 * How slow a deployment is known to be: a whole answer counts by its ms a token, a stream by those to its first content. Who is not
 * known comes first, but for one call at a time: a newcomer that hangs must not be given everybody, so until it has spoken it comes last.
 */
export function expectedMs({ ask, now }: Pick<Situation, 'ask' | 'now'>): (one: DeploymentState) => number {
  return ({ speed, inFlight }) => {
    const known = averageNow(ask.streamed ? speed.firstChunkMs : speed.msPerToken, now);
    return known ?? (inFlight === 0 ? -1 : Infinity);
  };
}
