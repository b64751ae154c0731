import type { DeploymentState } from '../deployment';
import type { Situation } from './situation';

/**
 * The candidate that measures least; of several the chance of each is in proportion to its weight, even when all weigh nothing.
 * One pass to find the least, one to find the chosen; chance is asked once, and not where there is no choice.
 */
export function leastOf(
  measure: (one: DeploymentState) => number,
  { candidates, random }: Pick<Situation, 'candidates' | 'random'>,
): DeploymentState {
  let [chosen] = candidates;
  if (candidates.length === 1) return chosen;
  let [least, equals, sum] = [Infinity, 0, 0];
  for (const one of candidates) {
    const value = measure(one);
    if (value > least) continue;
    if (value < least) {
      [least, equals, sum] = [value, 0, 0];
      chosen = one;
    }
    equals += 1;
    sum += one.weight;
  }
  if (equals === 1) return chosen;
  let point = random() * (sum === 0 ? equals : sum);
  for (const one of candidates) {
    const share = sum === 0 ? 1 : one.weight;
    if (share === 0 || measure(one) !== least) continue;
    chosen = one;
    point -= share;
    if (point < 0) break; // if rounding keeps it from getting there, the last one that weighs something is it
  }
  return chosen;
}
