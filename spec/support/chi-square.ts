/** How far what was counted is from what the shares let expect; the larger the less likely. */
export function chiSquare(counts: readonly number[], shares: readonly number[]): number {
  const [n, sum] = [counts, shares].map((list) => list.reduce((a, b) => a + b, 0));
  return shares.reduce((total, share, i) => {
    const expected = (n! * share) / sum!;
    return total + ((counts[i] ?? 0) - expected) ** 2 / expected;
  }, 0);
}
