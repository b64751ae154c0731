import { lastValueFrom } from 'rxjs';
import { decodeRequest } from '../../domain/decode-request';
import { scaled } from '../../domain/scaled';
import { counted } from '../../plan/limits/counted';
import { estimate as estimateOf, inputAt } from '../../plan/limits/estimate';
import { needOf, tokensFor } from '../../plan/limits/need';
import type { RouterConfig } from '../../index';
import { factsOf, type DeploymentState } from '../../plan/deployment';
import { routerState } from '../../router-state';

/** What the requests of one group come to. */
export interface GroupEstimate {
  readonly group: string;
  readonly requests: number;
  /** Of the deployment that reads the most. */
  readonly promptTokens: number;
  /** Of that deployment, at most: the longest answers they allow, or what is reserved where they do not say. */
  readonly completionTokens: number;
  /** USD, at the prices of its cheapest and its dearest deployment; absent when a price is unknown. */
  readonly cost?: readonly [least: number, most: number];
}

export interface Estimate {
  readonly groups: readonly GroupEstimate[];
  /** Requests that would not be sent, and the first of their problems. */
  readonly refused: number;
  readonly problems: readonly string[];
  /** The least time that the limits allow (ms); absent when they bound nothing. */
  readonly limitedMs?: number;
  /** Else tokens are a quarter of the characters. */
  readonly isCounted: boolean;
}

interface Tally {
  requests: number;
  /** Of the largest deployment's, by request. */
  tokens: number;
  readonly deployments: readonly DeploymentTally[];
}

interface DeploymentTally {
  readonly one: DeploymentState;
  promptTokens: number;
  tokens: number;
  usd: number;
  /** All of it is in `usd`. */
  isPriced: boolean;
}

const mostProblems = 3;

/** What the requests would take: their tokens as the configuration counts them, else a quarter of their characters. Sends nothing. */
export async function estimate(requests: AsyncIterable<unknown>, config: RouterConfig): Promise<Estimate> {
  const { context, quotas, close } = routerState(config);
  const tallies = new Map<string, Tally>();
  const problems: string[] = [];
  let refused = 0;
  const refuse = (problem: string): void => {
    refused += 1;
    if (problems.length < mostProblems) problems.push(problem);
  };
  for await (const item of requests) {
    const request = decodeRequest(item);
    if (request._tag === 'Left') {
      refuse(request.left.message);
      continue;
    }
    const target = context.resolve(request.right.model, request.right.routing?.deployment);
    if (target._tag === 'Left') {
      refuse(target.left.message);
      continue;
    }
    const { group, model } = target.right;
    const tally = tallies.get(group.name) ?? emptyTally(group.deployments);
    tallies.set(group.name, tally);
    const { countTokens } = context;
    const byCharacters = estimateOf(request.right);
    const needed =
      countTokens === undefined
        ? byCharacters
        : await lastValueFrom(
            counted(request.right, byCharacters, group.deployments, model, { countTokens, failed: () => undefined }),
            { defaultValue: byCharacters },
          );
    tally.requests += 1;
    tally.tokens += Math.max(...group.deployments.map((one) => tokensFor(one, needed)));
    for (const its of tally.deployments) {
      const { tokens, usd } = needOf(its.one, { estimate: needed, star: model });
      its.promptTokens += inputAt(its.one, needed);
      its.tokens += tokens;
      its.usd += usd;
      its.isPriced &&= factsOf(its.one, model).price !== undefined;
    }
  }
  const limitedMs = longest([...tallies.values()], quotas());
  close();
  return {
    groups: [...tallies].map(([group, tally]) => groupEstimate(group, tally)),
    refused,
    problems,
    ...(limitedMs === 0 ? {} : { limitedMs }),
    isCounted: context.countTokens !== undefined,
  };
}

function emptyTally(deployments: readonly DeploymentState[]): Tally {
  return {
    requests: 0,
    tokens: 0,
    deployments: deployments.map((one) => ({ one, promptTokens: 0, tokens: 0, usd: 0, isPriced: true })),
  };
}

function groupEstimate(group: string, { requests, deployments }: Tally): GroupEstimate {
  const most = deployments.reduce((a, b) => (b.tokens > a.tokens ? b : a));
  const costs = deployments.flatMap(({ isPriced, usd }) => (isPriced ? [scaled(usd, 1)] : []));
  return {
    group,
    requests,
    promptTokens: most.promptTokens,
    completionTokens: most.tokens - most.promptTokens,
    ...(costs.length < deployments.length ? {} : { cost: [Math.min(...costs), Math.max(...costs)] }),
  };
}

/** The longest that any limit takes: of a group all of whose deployments have one, or of a quota that all of some groups draw on. */
function longest(tallies: readonly Tally[], quotas: readonly DeploymentState['quota'][]): number {
  const ofGroups = tallies.flatMap((tally) =>
    (['requests', 'tokens'] as const).map((counts) => {
      const limits = tally.deployments.map(
        ({ one }) => one.rates.find((rate) => rate.counts === counts)?.limit ?? Infinity,
      );
      return tally[counts] / limits.reduce((sum, limit) => sum + limit, 0);
    }),
  );
  const ofQuotas = quotas.flatMap((quota) => {
    const drawing = tallies.filter(({ deployments }) => deployments.every(({ one }) => one.quota === quota));
    return (quota?.rates ?? []).map((rate) => drawing.reduce((sum, tally) => sum + tally[rate.counts], 0) / rate.limit);
  });
  return Math.max(0, ...ofGroups, ...ofQuotas) * 60_000;
}
