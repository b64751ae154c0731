import { deploymentIds } from './config/deployment-ids';
import { healthRules } from './config/health-rules';
import type { Deployment, RouterConfig } from './config/router-config';
import { isListed } from './domain/is-listed';
import { namedModel } from './domain/named-model';
import type { PriceEntry, PriceTable } from './domain/price';
import { deploymentState, replan, type DeploymentPlan, type DeploymentState, type ModelFacts } from './plan/deployment';
import type { Quota } from './plan/limits/quota';
import { ratesOf } from './plan/limits/rates-of';

/** A deployment, and what the configuration says of it. */
export interface Laid {
  readonly given: Deployment;
  readonly state: DeploymentState;
}

/** The deployments of a configuration, in its order. One whose id is known goes on as it is, under its new plan. */
export function routerDeployments(
  config: Pick<RouterConfig, 'deployments' | 'health' | 'prices'>,
  quotas: ReadonlyMap<string, Quota>,
  known: readonly Laid[],
): readonly Laid[] {
  const { deployments } = config;
  const ids = deploymentIds(deployments);
  const groups = byGroup(deployments);
  const states = new Map(known.map(({ state }) => [state.id, state]));
  return deployments.map((given, i) => {
    const id = ids[i] ?? given.group;
    const same = states.get(id);
    const its = groups.get(given.group) ?? [];
    const quota = given.quota === undefined ? undefined : quotas.get(given.quota);
    const plan = { ...planOf(given, its, config), id, rates: ratesOf(given, same?.rates), quota };
    const alone = its.length === 1;
    if (same === undefined) return { given, state: deploymentState(plan, alone) };
    replan(same, plan, alone);
    return { given, state: same };
  });
}

function byGroup(deployments: readonly Deployment[]): ReadonlyMap<string, readonly Deployment[]> {
  const groups = new Map<string, Deployment[]>();
  for (const one of deployments) {
    const its = groups.get(one.group);
    if (its === undefined) groups.set(one.group, [one]);
    else its.push(one);
  }
  return groups;
}

function planOf(
  one: Deployment,
  group: readonly Deployment[],
  { health, prices = {} }: Pick<RouterConfig, 'health' | 'prices'>,
): Omit<DeploymentPlan, 'id' | 'rates' | 'quota'> {
  const model = listedAs(one);
  const listed = entryOf(model, prices);
  const isWild = model.includes('*') && isListed(model, prices);
  return {
    group: one.group,
    vendor: one.provider.name,
    model,
    weight: one.weight ?? weightOf(one, group),
    order: one.order ?? 1,
    maxParallel: one.maxParallel ?? Infinity,
    tags: one.tags,
    ...factsFrom(one, listed),
    ofStar: isWild ? (star) => factsFrom(one, entryOf(namedModel(model, star), prices) ?? listed) : undefined,
    reserveTokens: one.reserveTokens ?? 1000,
    timeouts: one.timeouts ?? {},
    ...healthRules(one, health),
  };
}

/** By what it is allowed, where that is said of the whole group. */
function weightOf({ rpm, tpm }: Deployment, group: readonly Deployment[]): number {
  if (rpm !== undefined && group.every((one) => one.rpm !== undefined)) return rpm;
  return tpm !== undefined && group.every((one) => one.tpm !== undefined) ? tpm : 1;
}

function listedAs({ provider }: Deployment): string {
  return `${provider.name}/${provider.model}`;
}

function entryOf(model: string, prices: PriceTable): PriceEntry | undefined {
  return Object.hasOwn(prices, model) ? prices[model] : undefined;
}

function factsFrom({ price, contextWindow }: Deployment, entry: PriceEntry | undefined): ModelFacts {
  return { price: price ?? entry, contextWindow: contextWindow ?? entry?.contextWindow ?? Infinity };
}
