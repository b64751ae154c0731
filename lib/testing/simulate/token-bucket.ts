import type { SimulationRateLimit } from './options';

/**
 * Takes one token a call and gives 0, or takes none and gives the time (ms) until there is one.
 * It starts full; `now` gives ms.
 */
export function tokenBucket({ rps, burst = Math.max(1, rps) }: SimulationRateLimit, now: () => number): () => number {
  let tokens = burst;
  let filledAt = now();
  return () => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * rps);
    filledAt = at;
    if (tokens < 1) return ((1 - tokens) / rps) * 1000;
    tokens -= 1;
    return 0;
  };
}
