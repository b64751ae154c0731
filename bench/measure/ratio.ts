import { median } from './median';

/** How many times as much as another, and how far single rounds were from that. */
export interface Ratio {
  /** Of the medians. */
  readonly of: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Both lists by round: what was measured side by side is compared side by side. */
export function ratio(values: readonly number[], to: readonly number[]): Ratio {
  const byRound = values.map((value, round) => value / (to[round] ?? NaN));
  return { of: median(values) / median(to), lowest: Math.min(...byRound), highest: Math.max(...byRound) };
}
