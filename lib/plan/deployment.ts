import type { Price } from '../domain/price';
import type { Timeouts } from '../domain/request';
import { emptyLedger, type Ledger } from '../domain/ledger';
import { standing, well, type Health, type HealthRules } from './health';
import type { Quota } from './limits/quota';
import type { Rate } from './limits/rate';
import { unlimited, type Parallelism } from './parallelism';
import { unmeasured, type Speed } from './speed';

/** What is known of a model. */
export interface ModelFacts {
  readonly price: Price | undefined;
  /** Tokens; Infinity: not known. */
  readonly contextWindow: number;
}

/** What choosing needs to know of a deployment; of its model, while a star in that stands for none. */
export interface DeploymentPlan extends Omit<HealthRules, 'alone'>, ModelFacts {
  readonly id: string;
  readonly group: string;
  /** Name of its provider. */
  readonly vendor: string;
  /** `provider/model`, as prices and counts of tokens are listed; with a star where the request's group says which. */
  readonly model: string;
  readonly weight: number;
  readonly order: number;
  readonly maxParallel: number;
  /** Its own limits a minute. */
  readonly rates: readonly Rate[];
  readonly quota: Quota | undefined;
  readonly tags: readonly string[] | undefined;
  /** What is known of its model when the star in that stands for this; absent: it has none, or no model of its form is listed. */
  readonly ofStar: ((star: string) => ModelFacts) | undefined;
  /** Tokens reserved for an answer of which nobody said how long it may be. */
  readonly reserveTokens: number;
  readonly timeouts: Timeouts;
}

/** A deployment and what the router knows of it now. Changed in place, by `admission.ts` (a call begins) and `settle.ts` (it has ended). */
export interface DeploymentState extends DeploymentPlan {
  /** All that it draws on: its own limits and its quota's. */
  readonly draws: readonly Rate[];
  /** The most tokens that a minute lets through. */
  readonly mostTokens: number;
  /** The only one of its group. */
  alone: boolean;
  inFlight: number;
  /** Calls that have begun. */
  sent: number;
  parallelism: Parallelism;
  speed: Speed;
  health: Health;
  /** Calls that have ended, whichever way. */
  calls: number;
  failed: number;
  throttled: number;
  aborted: number;
  /** What they took. */
  ledger: Ledger;
  /** How long the latest answers took (ms), a ring. */
  readonly latencies: number[];
  /** How long the latest first tries were silent (ms), a ring. */
  readonly silences: number[];
  /** How many have been put there. */
  firstTries: number;
}

/** Field by field: a thousand objects made by a spread have a thousand hidden classes, and reading them costs ten times as much. */
export function deploymentState(plan: DeploymentPlan, alone: boolean): DeploymentState {
  const { draws, mostTokens } = drawsOf(plan);
  return {
    id: plan.id,
    group: plan.group,
    vendor: plan.vendor,
    model: plan.model,
    weight: plan.weight,
    order: plan.order,
    maxParallel: plan.maxParallel,
    rates: plan.rates,
    quota: plan.quota,
    tags: plan.tags,
    price: plan.price,
    contextWindow: plan.contextWindow,
    ofStar: plan.ofStar,
    reserveTokens: plan.reserveTokens,
    draws,
    mostTokens,
    timeouts: plan.timeouts,
    cooldownMs: plan.cooldownMs,
    allowedFails: plan.allowedFails,
    allowedFailsByTag: plan.allowedFailsByTag,
    on429: plan.on429,
    alone,
    inFlight: 0,
    sent: 0,
    parallelism: unlimited,
    speed: unmeasured,
    health: well,
    calls: 0,
    failed: 0,
    throttled: 0,
    aborted: 0,
    ledger: emptyLedger,
    latencies: [],
    silences: [],
    firstTries: 0,
  };
}

/** Takes over another plan; what is known of the deployment stays. */
export function replan(one: DeploymentState, plan: DeploymentPlan, alone: boolean): void {
  Object.assign(one, plan, drawsOf(plan), { alone });
}

function drawsOf({ rates, quota }: DeploymentPlan): Pick<DeploymentState, 'draws' | 'mostTokens'> {
  const draws = [...rates, ...(quota?.rates ?? [])];
  const ofTokens = draws.filter(({ counts }) => counts === 'tokens').map(({ limit }) => limit);
  return { draws, mostTokens: Math.min(Infinity, ...ofTokens) };
}

/**
 * What is known of the model that a call names.
 *
 * @param star what a star in the deployment's model stands for
 */
export function factsOf(one: DeploymentState, star: string | undefined): ModelFacts {
  return star === undefined || one.ofStar === undefined ? one : one.ofStar(star);
}

/** Whether there is a price for what it calls, or for some of the models that its star may stand for. */
export function isPriced({ price, ofStar }: Pick<DeploymentPlan, 'price' | 'ofStar'>): boolean {
  return price !== undefined || ofStar !== undefined;
}

/** Whether it takes requests, if only as a probe, as soon as it has room. */
export function isInUse({ health }: DeploymentState, now: number): boolean {
  const place = standing(health, now);
  return place === 'open' || place === 'half-open';
}

/** Whether another call may be in flight there. */
export function hasRoom({ inFlight, maxParallel, parallelism, quota }: DeploymentState): boolean {
  return (
    inFlight < maxParallel &&
    inFlight < (parallelism.limit ?? Infinity) &&
    (quota === undefined || quota.inFlight < quota.maxParallel)
  );
}

/** Whether it takes a request now, as far as that does not depend on the request. */
export function isFree(one: DeploymentState, now: number): boolean {
  return hasRoom(one) && isInUse(one, now);
}
