import * as t from 'io-ts';
import type { Deployment, RouterConfig } from '../config/router-config';
import type { Strategy } from '../plan/strategies/strategy';
import type { Fields } from './fields';

const strategies: Readonly<Record<string, Strategy>> = {
  'simple-shuffle': 'simple-shuffle',
  'least-busy': 'least-busy',
  'latency-based-routing': 'latency',
  'usage-based-routing': 'usage',
  'usage-based-routing-v2': 'usage',
  'cost-based-routing': 'cost',
};

/** The router's strategy. In LiteLLM `order` comes before any of them; so a group whose models have one goes by it. */
export function strategyOf(router: Fields, deployments: readonly Deployment[]): RouterConfig['strategy'] {
  const key = 'routing_strategy';
  const name = router.value(key, t.string);
  const strategy = name !== undefined && Object.hasOwn(strategies, name) ? strategies[name] : undefined;
  if (name !== undefined && strategy === undefined) {
    router.unsupported(key, `one of ${Object.keys(strategies).join(', ')}, or a function of your own: \`strategy\``);
  }
  const ordered = new Set(deployments.flatMap(({ group, order }) => (order === undefined ? [] : [group])));
  if (ordered.size === 0) return strategy;
  if (strategy !== undefined && strategy !== 'simple-shuffle') {
    router.unsupported(key, `not for ${[...ordered].join(', ')}: a group has one strategy, and these go by order`);
  }
  const others = deployments.flatMap(({ group }) => (ordered.has(group) || strategy === undefined ? [] : [group]));
  return Object.fromEntries<Strategy>([
    ...others.map((group) => [group, strategy ?? 'simple-shuffle'] as const),
    ...[...ordered].map((group) => [group, 'priority-order'] as const),
  ]);
}
