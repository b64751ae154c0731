import { type TaskContenderName, taskContenders } from '../contenders/task-contenders';
import { contest } from '../measure/contest';
import type { Load } from '../measure/load';
import { median } from '../measure/median';
import { ratio } from '../measure/ratio';
import { figure, shown } from '../report/shown';
import { table } from '../report/table';
import type { Effort, Plan } from './section';

const names = Object.keys(taskContenders) as TaskContenderName[];
const reference: TaskContenderName = 'p-map';

/** What it costs to hand out tasks and to collect what they give, when the tasks themselves cost nothing. */
export function orchestration({ quick, sampled }: Effort): Plan {
  const rounds = { warmUp: 2, rounds: quick ? 3 : 7 };
  const loads: readonly Load[] = [
    { items: 5_000, concurrency: 64, repeats: quick ? 20 : 40 },
    ...(quick ? [64] : [8, 64, 1000]).map((concurrency) => ({ items: 100_000, concurrency, repeats: quick ? 1 : 2 })),
  ];

  const run: Plan['run'] = async () => {
    const contests = await contest({ names, entry: 'task-worker', loads, rounds, sampled });
    const wall = (load: number, name: TaskContenderName): readonly number[] =>
      (contests[load]?.[name] ?? []).map(({ wallMs }) => wallMs);
    const against = (load: number, name: TaskContenderName): string =>
      shown(ratio(wall(load, name), wall(load, reference)));
    const micros = (load: number, name: TaskContenderName): string => {
      const { items = NaN, repeats = NaN } = loads[load] ?? {};
      return figure((median(wall(load, name)) * 1000) / (items * repeats));
    };
    const head = (what: string): readonly string[] => [what, ...loads.map(named)];
    const rows = (
      cell: (load: number, name: TaskContenderName) => string,
      of = names,
    ): readonly (readonly string[])[] => of.map((name) => [name, ...loads.map((_, load) => cell(load, name))]);
    return {
      title: 'Orchestration only',
      note: 'Tasks that resolve in a microtask, from an array. Wall time.',
      tables: [
        table(head(`time, as multiples of ${reference}`), rows(against)),
        table(head('µs a task'), rows(micros)),
      ],
      short: table(head(`orchestration, time as multiples of ${reference}`), rows(against)),
    };
  };
  return { samples: names.length * loads.length * (rounds.warmUp + rounds.rounds), run };
}

function named({ items, concurrency }: Load): string {
  return `${items.toLocaleString('en').replace(',', ' ')} tasks, ${String(concurrency)} at a time`;
}
