import { cpuClock } from './cpu-clock';

/**
 * How many times as much of the processors it takes to do the work for a hundred times as many: some hundreds when each costs the
 * same, ten thousand when each has to do with all others.
 */
export async function hundredfold(few: number, work: (count: number) => unknown): Promise<number> {
  await work(10 * few); // so that all is compiled
  let [fewMs, manyMs] = [Infinity, Infinity];
  const leastMs = async (count: number, before: number): Promise<number> => {
    const tookMs = cpuClock();
    await work(count);
    return Math.min(before, tookMs());
  };
  for (let turn = 0; turn < 3; turn++) {
    fewMs = await leastMs(few, fewMs);
    manyMs = await leastMs(100 * few, manyMs);
  }
  return manyMs / fewMs;
}
