import type { Ask } from './choose';
import { factsOf, type DeploymentState } from './deployment';
import { inputAt } from './limits/estimate';

/**
 * Whether a deployment may serve a request at all: it is meant, has not been ruled out, the request is not too long for it, and a budget
 * could count it.
 */
export function fits(one: DeploymentState, ask: Ask): boolean {
  const { excluded, estimate, refusedBy, spendings, star } = ask;
  const { output = 0, answers } = estimate;
  const { contextWindow } = star === undefined ? one : factsOf(one, star); // a thousand calls for nothing would be a third of the choice
  return (
    (excluded.size === 0 || !excluded.has(one)) &&
    isMeant(one, ask) &&
    (refusedBy.size === 0 || !refusedBy.has(one.vendor)) &&
    (spendings.length === 0 || isCountable(one, ask)) &&
    inputAt(one, estimate) <= Math.min(contextWindow - output, one.mostTokens - output * answers) // each answer has the window to itself
  );
}

/** Whether the request's caller would have it: one of the tags is enough, as in LiteLLM. */
export function isMeant(one: DeploymentState, { only, tags }: Pick<Ask, 'only' | 'tags'>): boolean {
  if (only !== undefined && only !== one) return false;
  return tags === undefined || tags.length === 0 || tags.some((tag) => one.tags?.includes(tag) === true);
}

/** Whether its price is known, where a budget in USD is to pay for it: what has none would not count, and the budget bound nothing. */
export function isCountable(one: DeploymentState, { spendings, star }: Pick<Ask, 'spendings' | 'star'>): boolean {
  return factsOf(one, star).price !== undefined || spendings.every(({ budget }) => budget.usd === undefined);
}
