import { costOf } from '../../domain/price';
import type { Ask } from '../choose';
import { factsOf, type DeploymentState } from '../deployment';
import { inputAt, type Estimate } from './estimate';
import type { Rate } from './rate';
import type { Amounts } from './spending';

/** The tokens that a call at this deployment may come to: its prompt, and the longest answers it allows. Never more than a minute's: it would wait for ever. */
export function tokensFor(one: DeploymentState, estimate: Estimate): number {
  const { reserveTokens, mostTokens } = one;
  return Math.min(inputAt(one, estimate) + (estimate.output ?? reserveTokens) * estimate.answers, mostTokens);
}

/** The same with what it costs; USD 0 where the price is not known. */
export function needOf(one: DeploymentState, { estimate, star }: Pick<Ask, 'estimate' | 'star'>): Amounts {
  const tokens = tokensFor(one, estimate);
  const { price } = factsOf(one, star);
  if (price === undefined) return { requests: 1, tokens, usd: 0 };
  const promptTokens = inputAt(one, estimate);
  const usd = costOf({ promptTokens, completionTokens: Math.max(0, tokens - promptTokens) }, price);
  return { requests: 1, tokens, usd };
}

/** What such a call takes of a limit. */
export function amountOf({ counts }: Rate, tokens: number): number {
  return counts === 'requests' ? 1 : tokens;
}
