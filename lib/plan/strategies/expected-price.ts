import { costOf } from '../../domain/price';
import { factsOf, type DeploymentState } from '../deployment';
import { inputAt } from '../limits/estimate';
import type { Situation } from './situation';

/**
 * What a token of this request costs at a deployment (USD per million): of its input and of the answers it may have, in proportion to
 * their estimates. An answer of unknown length is taken to be equally long wherever it comes from. Infinity where the price is not known.
 */
export function expectedPrice({
  ask: { estimate, star },
  candidates,
}: Pick<Situation, 'ask' | 'candidates'>): (one: DeploymentState) => number {
  const { input, output = candidates[0].reserveTokens, answers } = estimate;
  const completionTokens = output * answers;
  const millions = Math.max(1, input + completionTokens) / 1_000_000;
  return (one) => {
    const { price } = factsOf(one, star);
    if (price === undefined) return Infinity;
    return costOf({ promptTokens: inputAt(one, estimate), completionTokens }, price) / millions;
  };
}
