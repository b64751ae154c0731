import type { DeploymentState } from '../deployment';
import { leftOf, type Rate } from '../limits/rate';

/**
 * How much of its minute a deployment has used, from 0 to 1, with what is reserved for calls under way: of its tokens, its quota's too,
 * whichever has less left; where no limit counts tokens, of its calls likewise. Without a limit 0: it will not run out, so among others
 * it comes first.
 */
export function usedShare({ draws }: DeploymentState, now: number): number {
  return fullest(draws, 'tokens', now) ?? fullest(draws, 'requests', now) ?? 0;
}

function fullest(draws: readonly Rate[], counts: Rate['counts'], now: number): number | undefined {
  let most: number | undefined;
  for (const draw of draws) {
    if (draw.counts !== counts) continue;
    const share = 1 - leftOf(draw, now) / draw.limit;
    if (most === undefined || share > most) most = share;
  }
  return most;
}
