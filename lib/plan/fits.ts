import type { Ask } from './choose';
import type { DeploymentState } from './deployment';
import { inputAt } from './limits/estimate';

/** Whether a deployment may serve a request at all: it is meant, has not been ruled out, and the request is not too long for it. */
export function fits(one: DeploymentState, ask: Ask): boolean {
  const { excluded, estimate, refusedBy } = ask;
  const { output = 0, answers } = estimate;
  return (
    (excluded.size === 0 || !excluded.has(one)) &&
    isMeant(one, ask) &&
    (refusedBy.size === 0 || !refusedBy.has(one.vendor)) &&
    inputAt(one, estimate) <= Math.min(one.contextWindow - output, one.mostTokens - output * answers) // each answer has the window to itself
  );
}

/** Whether the request's caller would have it: one of the tags is enough, as in LiteLLM. */
export function isMeant(one: DeploymentState, { only, tags }: Pick<Ask, 'only' | 'tags'>): boolean {
  if (only !== undefined && only !== one) return false;
  return tags === undefined || tags.length === 0 || tags.some((tag) => one.tags?.includes(tag) === true);
}
