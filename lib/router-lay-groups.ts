import type { RouterConfig } from './config/router-config';
import type { DeploymentState } from './plan/deployment';
import { group, regroup, type Group, type Pool } from './plan/group';
import type { Strategy } from './plan/strategies/strategy';
import type { Laid } from './router-deployments';

/**
 * Makes the groups those of a configuration: who waits for one goes on waiting. One that has no deployments any more is nobody's to ask, and those
 * who wait for it are told so. The pool must be served afterwards.
 */
export function routerLayGroups(
  groups: Map<string, Group>,
  laid: readonly Laid[],
  config: RouterConfig,
  itsPool: Pool,
): void {
  const byName = new Map<string, DeploymentState[]>();
  for (const { state } of laid) {
    const its = byName.get(state.group);
    if (its === undefined) byName.set(state.group, [state]);
    else its.push(state);
  }
  for (const [name, its] of groups) {
    if (byName.has(name)) continue;
    regroup(its, []);
    groups.delete(name);
  }
  for (const [name, states] of byName) {
    const its = groups.get(name);
    if (its === undefined) groups.set(name, group(name, states, strategyOf(config, name), itsPool));
    else regroup(its, states, strategyOf(config, name));
  }
}

function strategyOf({ strategy }: RouterConfig, group: string): Strategy | undefined {
  if (typeof strategy !== 'object') return strategy;
  return Object.hasOwn(strategy, group) ? strategy[group] : undefined; // a group may be called `constructor`
}
