import type { Usage } from '../domain/usage';
import type { DeploymentState } from '../plan/deployment';
import { inputAt, tokensOf, type Estimate } from '../plan/limits/estimate';
import { tokensFor } from '../plan/limits/need';

/**
 * What a call is thought to have used whose provider did not say: its prompt, and the text that came, or, when nobody knows how far it
 * got, the longest answer that was reserved for it.
 */
export function estimatedUsage(deployment: DeploymentState, estimate: Estimate, text: string | undefined): Usage {
  const promptTokens = inputAt(deployment, estimate);
  const reserved = Math.max(0, tokensFor(deployment, estimate) - promptTokens);
  const completionTokens = text === undefined ? reserved : tokensOf(text);
  return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, estimated: true };
}
