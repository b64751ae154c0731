import type { Deployment, RouterConfig } from 'rx-fanout';

/** Patience for people who watch: a silent call is given up after seconds, and a provider that fails is left alone for two. */
export function routerConfig(deployments: readonly Deployment[]): RouterConfig {
  return {
    deployments,
    timeouts: { attemptMs: 10_000, firstChunkMs: 4000, chunkMs: 3000 },
    health: { cooldownMs: 2000 },
  };
}
