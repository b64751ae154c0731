import { type HttpContenderName, httpContenders } from '../contenders/http-contenders';
import { contest } from '../measure/contest';
import { median } from '../measure/median';
import { ratio } from '../measure/ratio';
import type { Sample } from '../measure/sample';
import { startChild } from '../measure/start-child';
import { figure, shown } from '../report/shown';
import { table } from '../report/table';
import type { Effort, Plan } from './section';

const names = Object.keys(httpContenders) as HttpContenderName[];
const reference: HttpContenderName = 'http.request, keep-alive';
const measures = [
  { of: 'cpuMs', name: 'CPU' },
  { of: 'wallMs', name: 'time' },
] as const satisfies readonly { readonly of: keyof Sample; readonly name: string }[];

/** What a client costs, against a server on the loopback that answers at once. */
export function http({ quick, sampled }: Effort): Plan {
  const rounds = { warmUp: 2, rounds: quick ? 3 : 7 };
  const items = quick ? 2_000 : 4_000;
  const loads = (quick ? [64] : [8, 64, 256]).map((concurrency) => ({ items, concurrency, repeats: 1 }));
  const columns = loads.flatMap(({ concurrency }, load) =>
    measures.map((measure) => ({
      load,
      measure: measure.of,
      title: `${measure.name}, ${String(concurrency)} at a time`,
    })),
  );

  const run: Plan['run'] = async () => {
    const server = startChild('http-server', []);
    try {
      const url = String(await server.ask());
      const contests = await contest({ names, entry: 'http-worker', args: [url], loads, rounds, sampled });
      const values = (name: HttpContenderName, load: number, of: keyof Sample): readonly number[] =>
        (contests[load]?.[name] ?? []).map((sample) => sample[of]);
      const head = (what: string): readonly string[] => [what, ...columns.map(({ title }) => title)];
      const against = names.map((name) => [
        name,
        ...columns.map(({ load, measure }) =>
          shown(ratio(values(name, load, measure), values(reference, load, measure))),
        ),
      ]);
      const micros = names.map((name) => [
        name,
        ...columns.map(({ load, measure }) => figure((median(values(name, load, measure)) * 1000) / items)),
      ]);
      return {
        title: 'HTTP on the loopback',
        note: 'A POST of 500 bytes, a chat completion of 600 bytes in reply; the server is a process of its own. CPU is the client’s.',
        tables: [table(head(`as multiples of ${reference}`), against), table(head('µs a request'), micros)],
        short: table(head(`HTTP, as multiples of ${reference}`), against),
      };
    } finally {
      server.stop();
    }
  };
  return { samples: names.length * loads.length * (rounds.warmUp + rounds.rounds), run };
}
