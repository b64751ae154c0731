import type { Load } from './load';
import type { Sample } from './sample';

/** Makes a load's input, outside of what is measured; what it gives back does the load and resolves to how many items are done. */
export type Prepare = (load: Load) => () => Promise<number>;

/** In a contender's process: does each load that the parent sends, and sends back what it cost. Nothing is collected by
 * force in between: V8 then drops compiled code as well, and every sample would begin cold. A load that is not done ends the process. */
export function serveLoads(prepare: Prepare): void {
  process.on('message', (load: Load) => {
    void sampleOf(prepare(load), load).then((sample) => process.send?.(sample));
  });
  process.send?.('ready');
}

async function sampleOf(run: () => Promise<number>, { items, repeats }: Load): Promise<Sample> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  for (let repeat = 0; repeat < repeats; repeat++) {
    const done = await run();
    if (done !== items) throw new Error(`${String(done)} of ${String(items)} were done`);
  }
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000 };
}
