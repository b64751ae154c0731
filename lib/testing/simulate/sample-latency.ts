import type { SimulationLatency } from './options';

/** Where 99 % of a standard normal distribution lies below. */
const z99 = 2.3263478740408408;

/** One latency (ms) from the log-normal distribution with these quantiles; draws two numbers (Box and Muller's transform). */
export function sampleLatency(
  { p50Ms, p99Ms }: Pick<SimulationLatency, 'p50Ms' | 'p99Ms'>,
  random: () => number,
): number {
  const z = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return p50Ms * (p99Ms / p50Ms) ** (z / z99);
}
