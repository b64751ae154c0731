import type { CompletionError } from '../domain/error';
import type { CompletionRequest } from '../domain/request';
import { isFree, type DeploymentState } from './deployment';
import { exhausted } from './exhausted';
import { fits } from './fits';
import type { Group } from './group';
import type { Estimate } from './limits/estimate';
import { amountOf, needOf, tokensFor } from './limits/need';
import { isLeased, opensAt, type Rate } from './limits/rate';
import { canAfford, type Spending } from './limits/spending';

/** What one request asks of its group. */
export interface Ask {
  readonly request: CompletionRequest;
  /** The answer is wanted as a stream. */
  readonly streamed: boolean;
  /** The only deployment that is meant; absent: any. */
  readonly only: DeploymentState | undefined;
  /** What the star of a wildcard group stands for: the vendor's name of the model. */
  readonly star: string | undefined;
  /** Only deployments with one of these tags are meant; absent: any. */
  readonly tags: readonly string[] | undefined;
  /** Vendors that cannot serve what the request asks for, while another of the group can. */
  readonly refusedBy: ReadonlySet<string>;
  readonly estimate: Estimate;
  /** The budgets that pay for it. */
  readonly spendings: readonly Spending[];
  /** Deployments that must not be asked again. */
  readonly excluded: ReadonlySet<DeploymentState>;
  /** Deployments that others are preferred to. */
  readonly tried: ReadonlySet<DeploymentState>;
  /** When a deployment that throttled this request may be asked again, on the router's clock (ms). */
  readonly notBefore: ReadonlyMap<DeploymentState, number>;
  /** When the request must have ended, on the router's clock (ms); Infinity: never. */
  readonly deadline: number;
  /** Another group can be asked when this one has nobody. */
  readonly hasFallback: boolean;
  /** Its latest failure: what it fails with when nobody is left to ask. */
  readonly lastError?: CompletionError | undefined;
}

export interface ChoiceRules {
  readonly whenExhausted: 'wait' | 'fail';
  readonly random: () => number;
}

export type Choice =
  | { readonly kind: 'send'; readonly deployment: DeploymentState; readonly probe: boolean }
  /** Something must change first: a call ends, or the clock reaches `until`. */
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'fail'; readonly error: CompletionError };

/**
 * Which deployment takes a request now: one not tried yet if any, among those that fit, are well, or due for a probe, and have room;
 * by strategy. Nobody: wait or fail, by the causes. One pass for the list of candidates, then what the strategy takes.
 */
export function choose(
  { deployments, chooser }: Pick<Group, 'deployments' | 'chooser'>,
  ask: Ask,
  now: number,
  rules: ChoiceRules,
  claims: ReadonlySet<Rate> = unclaimed,
): Choice {
  const untried: DeploymentState[] = [];
  const tried: DeploymentState[] = [];
  for (const one of deployments) {
    if (!fits(one, ask) || !isReady(one, ask, now, claims)) continue;
    (ask.tried.size > 0 && ask.tried.has(one) ? tried : untried).push(one);
  }
  const candidates = untried.length > 0 ? untried : tried;
  if (!isNonEmpty(candidates)) return exhausted(deployments, ask, now, rules);
  const deployment = chooser({ candidates, ask, now, random: rules.random });
  return { kind: 'send', deployment, probe: deployment.health.cause !== undefined };
}

const unclaimed: ReadonlySet<Rate> = new Set();

/**
 * Whether a deployment that fits could take this request now.
 *
 * @param claims limits for which somebody with an earlier place waits
 */
export function isReady(one: DeploymentState, ask: Ask, now: number, claims: ReadonlySet<Rate> = unclaimed): boolean {
  return isFree(one, now) && isWelcome(one, ask, now) && isOpen(one, ask, now, claims) && isPaid(one, ask);
}

/** Most sets are empty, and to ask one costs as much as all else here: among a thousand deployments that is half of the choice. */
function isWelcome(one: DeploymentState, { notBefore }: Ask, now: number): boolean {
  return notBefore.size === 0 || (notBefore.get(one) ?? 0) <= now;
}

function isOpen(one: DeploymentState, { estimate }: Ask, now: number, claims: ReadonlySet<Rate>): boolean {
  if (one.draws.length === 0) return true;
  const tokens = tokensFor(one, estimate);
  for (const draw of one.draws) {
    const amount = amountOf(draw, tokens);
    if (claims.size > 0 && claims.has(draw)) return false;
    if (opensAt(draw, amount, now) > now || !isLeased(draw, amount, now)) return false;
  }
  return true;
}

function isPaid(one: DeploymentState, ask: Ask): boolean {
  const { spendings } = ask;
  return spendings.length === 0 || spendings.every((its) => canAfford(its, needOf(one, ask)) === 'now');
}

function isNonEmpty<A>(list: readonly A[]): list is readonly [A, ...A[]] {
  return list.length > 0;
}
