import type { Deployment } from '../config/router-config';

/** In a group where some models have an `order`, LiteLLM asks those without one last; here they would be asked first, with 1. */
export function withOrders(deployments: readonly Deployment[]): readonly Deployment[] {
  const last = new Map<string, number>();
  for (const { group, order } of deployments) {
    if (order !== undefined) last.set(group, Math.max(order, last.get(group) ?? order));
  }
  return deployments.map((one) => {
    const highest = last.get(one.group);
    return one.order !== undefined || highest === undefined ? one : { ...one, order: highest + 1 };
  });
}
