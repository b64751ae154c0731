import { openAICompatible, type Deployment } from 'rx-fanout';
import type { SimulatedProvider } from './simulated-provider';

/** What a simulated token costs (USD per million): that of a small model, so that there is a figure to see. */
const price = { input: 0.25, output: 2 };

/** A browser opens six connections to one host and port. More calls would wait there, unseen, while their clocks run. */
const maxParallel = 6;

export function simulatedDeployment({ id, baseURL }: SimulatedProvider): Deployment {
  const provider = openAICompatible({ name: 'simulated', model: 'simulated', baseURL });
  return { group: 'board', id, provider, price, maxParallel };
}
