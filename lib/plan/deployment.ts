import type { Timeouts } from '../domain/request';
import { noUsage, type Usage } from '../domain/usage';
import { standing, well, type Health } from './health';
import { unlimited, type Parallelism } from './parallelism';
import { unmeasured, type Speed } from './speed';

/** What choosing needs to know of a deployment. */
export interface DeploymentPlan {
  readonly id: string;
  readonly group: string;
  readonly weight: number;
  readonly order: number;
  readonly maxParallel: number;
  readonly timeouts: Timeouts;
  readonly cooldownMs: number;
  readonly allowedFails?: number | undefined;
}

/** A deployment and what the router knows of it now. Changed in place, by `admission.ts` (a call begins) and `settle.ts` (it has ended). */
export interface DeploymentState extends DeploymentPlan {
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
  usage: Usage;
  /** How long the latest answers took (ms), a ring. */
  readonly latencies: number[];
}

/** Field by field: a thousand objects made by a spread have a thousand hidden classes, and reading them costs ten times as much. */
export function deploymentState(plan: DeploymentPlan, alone: boolean): DeploymentState {
  return {
    id: plan.id,
    group: plan.group,
    weight: plan.weight,
    order: plan.order,
    maxParallel: plan.maxParallel,
    timeouts: plan.timeouts,
    cooldownMs: plan.cooldownMs,
    allowedFails: plan.allowedFails,
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
    usage: noUsage,
    latencies: [],
  };
}

/** Whether it takes requests, if only as a probe, as soon as it has room. */
export function isInUse({ health }: DeploymentState, now: number): boolean {
  const place = standing(health, now);
  return place === 'open' || place === 'half-open';
}

/** Whether it takes a request now. */
export function isFree(one: DeploymentState, now: number): boolean {
  return one.inFlight < one.maxParallel && one.inFlight < (one.parallelism.limit ?? Infinity) && isInUse(one, now);
}
