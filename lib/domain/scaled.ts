/** A number in a smaller unit, without the digits that binary arithmetic adds: 1.5e-7 USD a token are 0.15 a million, not 0.15000000000000002. */
export function scaled(value: number, factor: number): number {
  return Math.min(Number((value * factor).toPrecision(12)), Number.MAX_VALUE);
}
