import { type JournalContenderName, journalContenders } from '../contenders/journal-contenders';
import { contest } from '../measure/contest';
import { ratio } from '../measure/ratio';
import type { Sample } from '../measure/sample';
import { startChild } from '../measure/start-child';
import { shown } from '../report/shown';
import { table } from '../report/table';
import type { Effort, Plan } from './section';

const names = Object.keys(journalContenders) as JournalContenderName[];
const reference: JournalContenderName = 'no journal';
const measures = [
  { of: 'wallMs', name: 'time' },
  { of: 'cpuMs', name: 'CPU' },
] as const satisfies readonly { readonly of: keyof Sample; readonly name: string }[];

/** What it costs to write every result down before it is emitted. */
export function journal({ quick, sampled }: Effort): Plan {
  const rounds = { warmUp: 2, rounds: quick ? 3 : 7 };
  const load = { items: quick ? 2_000 : 8_000, concurrency: 64, repeats: 1 };

  const run: Plan['run'] = async () => {
    const server = startChild('http-server', []);
    try {
      const url = String(await server.ask());
      const [samples] = await contest({ names, entry: 'journal-worker', args: [url], loads: [load], rounds, sampled });
      const values = (name: JournalContenderName, of: keyof Sample): readonly number[] =>
        (samples?.[name] ?? []).map((sample) => sample[of]);
      const rows = names.map((name) => [
        name,
        ...measures.map(({ of }) => shown(ratio(values(name, of), values(reference, of)))),
      ]);
      const found = table([`a journal, as multiples of ${reference}`, ...measures.map(({ name }) => name)], rows);
      return {
        title: 'Journal',
        note: `The whole road of the section on HTTP, ${String(load.concurrency)} at a time, against a server that answers at once: no vendor does, so this is the most it can cost. Each load writes a new file, each row a line of about 1 KB; what is written while a write is under way goes out with the next one.`,
        tables: [found],
        short: found,
      };
    } finally {
      server.stop();
    }
  };
  return { samples: names.length * (rounds.warmUp + rounds.rounds), run };
}
