import type { DeploymentState } from './deployment';

/** One of the candidates at random, in proportion to their weights; evenly when all weigh nothing. One pass to add, one to find. */
export function simpleShuffle(
  candidates: readonly [DeploymentState, ...DeploymentState[]],
  random: () => number,
): DeploymentState {
  if (candidates.length === 1) return candidates[0];
  let sum = 0;
  for (const { weight } of candidates) sum += weight;
  if (sum === 0) return candidates[Math.floor(random() * candidates.length)] ?? candidates[0];
  let point = random() * sum;
  let chosen = candidates[0];
  for (const candidate of candidates) {
    if (candidate.weight === 0) continue;
    chosen = candidate;
    point -= candidate.weight;
    if (point < 0) break; // if rounding keeps it from getting there, the last one that weighs something is it
  }
  return chosen;
}
