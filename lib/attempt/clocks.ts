import type { Timeouts } from '../domain/request';
import type { DeploymentState } from '../plan/deployment';

/** How long one request may take (ms); Infinity: as long as it likes. */
export interface Clocks {
  readonly totalMs: number;
  readonly queueMs: number;
  readonly attemptMs: (deployment: DeploymentState) => number;
  readonly firstChunkMs: (deployment: DeploymentState) => number;
  readonly chunkMs: (deployment: DeploymentState) => number;
}

const defaultAttemptMs = 600_000; // as the OpenAI and Anthropic SDKs
const defaultChunkMs = 120_000;

/** The request's own clocks come first, then the run's, the deployment's, the router's. */
export function clocks(request: Timeouts | undefined, run: Timeouts | undefined, router: Timeouts | undefined): Clocks {
  const ofCall =
    (clock: 'attemptMs' | 'firstChunkMs' | 'chunkMs', otherwise: number) =>
    ({ timeouts }: DeploymentState): number =>
      request?.[clock] ?? run?.[clock] ?? timeouts[clock] ?? router?.[clock] ?? otherwise;
  return {
    totalMs: request?.totalMs ?? run?.totalMs ?? router?.totalMs ?? Infinity,
    queueMs: request?.queueMs ?? run?.queueMs ?? router?.queueMs ?? Infinity,
    attemptMs: ofCall('attemptMs', defaultAttemptMs),
    firstChunkMs: ofCall('firstChunkMs', Infinity),
    chunkMs: ofCall('chunkMs', defaultChunkMs),
  };
}
