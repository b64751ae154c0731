import type { Timeouts } from '../domain/request';
import { noUsage, type Usage } from '../domain/usage';
import { well, type Health } from './health';
import { unlimited, type Parallelism } from './parallelism';

/** What choosing needs to know of a deployment. */
export interface DeploymentPlan {
  readonly id: string;
  readonly group: string;
  readonly weight: number;
  readonly maxParallel: number;
  readonly timeouts: Timeouts;
  readonly cooldownMs: number;
  readonly allowedFails?: number | undefined;
}

/** A deployment and what the router knows of it now. Changed in place by `admission.ts` alone. */
export interface DeploymentState extends DeploymentPlan {
  /** The only one of its group. */
  alone: boolean;
  inFlight: number;
  parallelism: Parallelism;
  health: Health;
  calls: number;
  failed: number;
  throttled: number;
  aborted: number;
  usage: Usage;
  /** The latest calls' lengths (ms), a ring. */
  latencies: number[];
}

export function deploymentState(plan: DeploymentPlan, alone: boolean): DeploymentState {
  return {
    ...plan,
    alone,
    inFlight: 0,
    parallelism: unlimited,
    health: well,
    calls: 0,
    failed: 0,
    throttled: 0,
    aborted: 0,
    usage: noUsage,
    latencies: [],
  };
}

export function hasRoom({ inFlight, maxParallel, parallelism }: DeploymentState): boolean {
  return inFlight < maxParallel && inFlight < (parallelism.limit ?? Infinity);
}
