import { createRouter, openAICompatible, type FanoutRouter, type RouterConfig, type Transport } from 'rx-fanout';
import { virtualTime } from 'rx-fanout/testing';

type Deployment = RouterConfig['deployments'][number];

export interface SimulatedRouterConfig extends Omit<RouterConfig, 'deployments'> {
  /** What is said of each deployment of the one group, besides its provider. */
  readonly deployments: readonly Pick<Deployment, 'rpm'>[];
  readonly transport: Transport;
  readonly random: () => number;
}

/** A router for virtual time. */
export function simulatedRouter({ deployments, ...config }: SimulatedRouterConfig): FanoutRouter {
  const provider = openAICompatible({ baseURL: 'http://simulated.invalid/v1', model: 'simulated' });
  return createRouter({
    ...virtualTime,
    ...config,
    deployments: deployments.map((one) => ({ group: 'simulated', provider, ...one })),
  });
}
