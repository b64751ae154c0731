import { openAICompatible, type Deployment } from '../../index';
import { simulateProviders } from '../../testing/index';

/** Where the demo's requests go. */
export interface Providers {
  readonly title: string;
  readonly deployments: readonly Deployment[];
  readonly close: () => Promise<void>;
}

/** Three real HTTP servers on loopback with made-up answers: one steady, one flaky, one with a tight rate limit. */
export async function simulatedProviders(): Promise<Providers> {
  const latency = { p50Ms: 250, p99Ms: 1500, perTokenMs: 4 };
  const servers = {
    steady: await simulateProviders({ seed: 1, latency }),
    flaky: await simulateProviders({
      seed: 2,
      latency,
      faults: { status: { 500: 0.35, 503: 0.1 }, reset: 0.1, malformed: 0.05 },
    }),
    limited: await simulateProviders({ seed: 3, latency, rateLimit: { rps: 8, burst: 4 } }),
  };
  return {
    title: 'three simulated providers: one steady, one flaky, one rate-limited',
    deployments: Object.entries(servers).map(([id, { url }]) => ({
      group: 'default',
      id,
      provider: openAICompatible({ name: 'simulated', model: 'simulated', baseURL: `${url}/v1`, apiKey: 'none' }),
      maxParallel: 8,
    })),
    close: async () => {
      await Promise.all(Object.values(servers).map((server) => server.close()));
    },
  };
}
