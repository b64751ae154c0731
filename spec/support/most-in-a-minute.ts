/** The most that was taken within any 60 s, by two pointers; in order of time (ms). */
export function mostInAMinute(taken: readonly { readonly at: number; readonly amount: number }[]): number {
  let [most, sum, first] = [0, 0, 0];
  for (const { at, amount } of taken) {
    sum += amount;
    for (let oldest = taken[first]; oldest !== undefined && oldest.at <= at - 60_000; oldest = taken[++first]) {
      sum -= oldest.amount;
    }
    most = Math.max(most, sum);
  }
  return most;
}
