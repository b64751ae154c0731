/** What one writes by hand: as many loops as may run at once, over one iterator. */
export async function promisePool<A>(
  items: Iterable<A>,
  concurrency: number,
  task: (item: A) => Promise<unknown>,
): Promise<number> {
  const iterator = items[Symbol.iterator]();
  const results: unknown[] = [];
  let taken = 0;
  const loop = async (): Promise<void> => {
    for (let step = iterator.next(); step.done !== true; step = iterator.next()) {
      const index = taken++;
      results[index] = await task(step.value);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  return results.length;
}
