import { deploymentState, type DeploymentPlan, type DeploymentState } from '../../lib/plan/deployment';

/** A deployment as a router has it at first. */
export function deploymentOf(plan: Partial<DeploymentPlan> = {}, alone = false): DeploymentState {
  const defaults = { id: 'd', group: 'g', weight: 1, order: 1, maxParallel: Infinity, timeouts: {}, cooldownMs: 5000 };
  return deploymentState({ ...defaults, ...plan }, alone);
}
