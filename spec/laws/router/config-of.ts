import type { RouterConfig } from '../../../lib/config/router-config';
import type { Budget } from '../../../lib/domain/budget';
import { virtualTime, type FakeReply } from '../../../lib/testing/index';
import { names, type Scene } from './scene';
import type { Wired } from './wired';

export interface Limits {
  readonly rpm?: number | undefined;
  readonly tpm?: number | undefined;
  readonly maxParallel?: number | undefined;
}

interface Given {
  readonly random: () => number;
  /** The fake of a deployment, the same one each time. */
  readonly fake: (id: string, script: readonly FakeReply[]) => Wired;
}

/** What a scene's router is given; `isLater`: by its update. */
export function configOf(
  { groups, router, lists, quota, update }: Scene,
  given: Given,
  isLater: boolean,
): RouterConfig {
  const factor = isLater ? (update?.factor ?? 1) : 1;
  const gone = isLater ? (update?.gone ?? []) : [];
  const deployments = groups.flatMap((its, g) =>
    its.map(({ script, sharesQuota, ...one }, i) => {
      const id = `${String(names[g])}${String(i)}`;
      const limits = { ...one, ...scaled(one, factor), quota: sharesQuota ? 'shared' : undefined };
      return { ...limits, ...given.fake(id, script), group: String(names[g]), id, reserveTokens: 40 };
    }),
  );
  const left = deployments.filter(({ id }) => !gone.includes(id));
  const config: RouterConfig = {
    ...virtualTime,
    random: given.random,
    ...router,
    experimental: ['hedge'],
    maxFallbacks: isLater ? update?.maxFallbacks : router.maxFallbacks,
    budget: scaledBudget(router.budget, factor),
    quotas: { shared: scaled(quota, factor) },
    deployments: left.length === 0 ? deployments : left,
  };
  return { ...config, ...known(lists, new Set(config.deployments.map(({ group }) => group))) };
}

function scaled({ rpm, tpm, maxParallel }: Limits, factor: number): Limits {
  const times = (limit: number | undefined) => (limit === undefined ? undefined : Math.ceil(limit * factor));
  return { rpm: times(rpm), tpm: times(tpm), maxParallel: times(maxParallel) };
}

function scaledBudget(budget: Budget | undefined, factor: number): Budget | undefined {
  if (budget === undefined) return undefined;
  const { requests, tokens, usd } = budget;
  const times = (most: number | undefined) => (most === undefined ? undefined : Math.ceil(most * factor));
  return { requests: times(requests), tokens: times(tokens), usd: usd === undefined ? undefined : usd * factor };
}

/** Only groups that are there, and none that falls back to itself. */
function known(lists: Scene['lists'], groups: ReadonlySet<string>): Scene['lists'] {
  const of = (table: Scene['lists']['fallbacks']): Scene['lists']['fallbacks'] =>
    Object.fromEntries(
      Object.entries(table)
        .filter(([name]) => name === '*' || groups.has(name))
        .map(([name, to]) => [name, to.filter((one) => groups.has(one) && one !== name)]),
    );
  return {
    fallbacks: of(lists.fallbacks),
    contextWindowFallbacks: of(lists.contextWindowFallbacks),
    contentPolicyFallbacks: of(lists.contentPolicyFallbacks),
  };
}
