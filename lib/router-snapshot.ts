import { deploymentSnapshot, quotaSnapshot, type RouterSnapshot } from './plan/snapshot';
import type { RouterState } from './router-state';

/** All that there is to see of a router, now. */
export function routerSnapshot({ context, deployments, groups, quotas, runs }: RouterState): RouterSnapshot {
  const { retryBudget, spending } = context;
  const now = context.now();
  return {
    deployments: deployments().map((one) => deploymentSnapshot(one, now)),
    quotas: quotas().map((one) => quotaSnapshot(one, now)),
    ...(spending === undefined ? {} : { budget: { spent: spending.spent, reserved: spending.reserved } }),
    runs: runs.read(),
    waiting: [...groups.values()].reduce((sum, { line }) => sum + line.size(), 0),
    retryBudget: retryBudget.left(),
  };
}
