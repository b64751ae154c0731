import { deploymentState, type DeploymentPlan, type DeploymentState } from '../../lib/plan/deployment';

/** A deployment as a router has it at first. */
export function deploymentOf(plan: Partial<DeploymentPlan> = {}, alone = false): DeploymentState {
  const defaults = {
    id: 'd',
    group: 'g',
    vendor: 'fake',
    model: 'fake/model',
    weight: 1,
    order: 1,
    maxParallel: Infinity,
    rates: [],
    quota: undefined,
    tags: undefined,
    price: undefined,
    contextWindow: Infinity,
    ofStar: undefined,
    reserveTokens: 1000,
    timeouts: {},
    cooldownMs: 5000,
    on429: 'learn' as const,
  };
  return deploymentState({ ...defaults, ...plan }, alone);
}
