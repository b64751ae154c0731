import { type TaskContenderName, taskContenders } from './contenders/task-contenders';
import type { Load } from './measure/load';
import type { Memory } from './measure/memory';

const megabyte = 2 ** 20;
const warmUpItems = 20_000;
const contender = await taskContenders[process.argv[2] as TaskContenderName]();

function* lazily(items: number): Generator<number, void> {
  for (let item = 1; item <= items; item++) yield item;
}

// eslint-disable-next-line @typescript-eslint/require-await -- a task that resolves in a microtask, and does nothing else
const nothing = async (item: number): Promise<number> => item;

async function memoryOf({ items, concurrency }: Load): Promise<Memory> {
  await contender(lazily(warmUpItems), concurrency, nothing);
  globalThis.gc?.();
  const before = process.memoryUsage();
  let rss = before.rss;
  let heapUsed = before.heapUsed;
  // eslint-disable-next-line @typescript-eslint/require-await -- see `nothing`
  await contender(lazily(items), concurrency, async (item) => {
    if (item % 10_000 === 0) rss = Math.max(rss, process.memoryUsage.rss());
    if (item === items) {
      globalThis.gc?.();
      ({ heapUsed } = process.memoryUsage());
    }
    return item;
  });
  return { heapMb: (heapUsed - before.heapUsed) / megabyte, rssMb: (rss - before.rss) / megabyte };
}

process.on('message', (load: Load) => {
  void memoryOf(load).then((memory) => process.send?.(memory));
});
process.send?.('ready');
