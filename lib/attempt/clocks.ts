import type { Timeouts } from '../domain/request';
import type { DeploymentState } from '../plan/deployment';

/** How long one request may take (ms); Infinity: as long as it likes. */
export interface Clocks {
  readonly totalMs: number;
  readonly queueMs: number;
  readonly attemptMs: (deployment: DeploymentState) => number;
}

const defaultAttemptMs = 600_000; // as the OpenAI and Anthropic SDKs

/** The request's own clocks come first, then the run's, the deployment's, the router's. */
export function clocks(request: Timeouts | undefined, run: Timeouts | undefined, router: Timeouts | undefined): Clocks {
  const outer = request?.attemptMs ?? run?.attemptMs;
  return {
    totalMs: request?.totalMs ?? run?.totalMs ?? router?.totalMs ?? Infinity,
    queueMs: request?.queueMs ?? run?.queueMs ?? router?.queueMs ?? Infinity,
    attemptMs: (deployment) => outer ?? deployment.timeouts.attemptMs ?? router?.attemptMs ?? defaultAttemptMs,
  };
}
