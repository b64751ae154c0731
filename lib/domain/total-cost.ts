import type { Attempt } from './result';

/** What calls cost together (USD); `undefined` when one of them has no price, or none was made. */
export function totalCost(attempts: readonly Attempt[]): number | undefined {
  if (attempts.length === 0) return undefined;
  let sum = 0;
  for (const { cost } of attempts) {
    if (cost === undefined) return undefined;
    sum += cost;
  }
  return sum;
}
