import type { TaskContenderName } from '../contenders/task-contenders';
import { interleave } from '../measure/interleave';
import { median } from '../measure/median';
import type { Memory } from '../measure/memory';
import { startChild } from '../measure/start-child';
import { table } from '../report/table';
import type { Effort, Plan } from './section';

const names = ['parallel$', 'p-map'] as const satisfies readonly TaskContenderName[];
const measures = [
  { of: 'heapMb', name: 'heap after collection, MB' },
  { of: 'rssMb', name: 'process at its largest, MB' },
] as const satisfies readonly { readonly of: keyof Memory; readonly name: string }[];

/** What a run of very many items holds on to. Each sample has a fresh process: in a used one, what has grown once does not grow again. */
export function memory({ quick, sampled }: Effort): Plan {
  const rounds = { warmUp: 0, rounds: quick ? 1 : 5 }; // a fresh process each: nothing to warm up
  const load = { items: 1_000_000, concurrency: 64, repeats: 1 };

  const sample = async (name: TaskContenderName): Promise<Memory> => {
    const child = startChild('memory-worker', [name], ['--expose-gc']);
    try {
      await child.ask();
      const taken = (await child.ask(load)) as Memory;
      sampled(`${name}, a million items`);
      return taken;
    } finally {
      child.stop();
    }
  };

  const run: Plan['run'] = async () => {
    const samples = await interleave(names, rounds, sample);
    const rows = names.map((name) => [
      name,
      ...measures.map(({ of }) => range(samples[name].map((taken) => taken[of]))),
    ]);
    const found = table(['growth over a million lazy items', ...measures.map(({ name }) => name)], rows);
    return {
      title: 'Memory',
      note: 'A generator of a million items, 64 at a time; the heap is looked at when the last item is under way. p-map keeps all results for its promise, `parallel$` hands them on.',
      tables: [found],
      short: found,
    };
  };
  return { samples: names.length * rounds.rounds, run };
}

function range(values: readonly number[]): string {
  return `${median(values).toFixed(1)} (${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)})`;
}
