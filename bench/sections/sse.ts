import { type StreamContenderName, streamContenders } from '../contenders/stream-contenders';
import { tokensAStream } from '../contenders/streamed-exchange';
import { contest } from '../measure/contest';
import { median } from '../measure/median';
import { ratio } from '../measure/ratio';
import type { Sample } from '../measure/sample';
import { startChild } from '../measure/start-child';
import { figure, shown } from '../report/shown';
import { table } from '../report/table';
import type { Effort, Plan } from './section';

const names = Object.keys(streamContenders) as StreamContenderName[];
const reference: StreamContenderName = 'http.request, parsed by hand';
const measures = [
  { of: 'cpuMs', name: 'CPU' },
  { of: 'wallMs', name: 'time' },
] as const satisfies readonly { readonly of: keyof Sample; readonly name: string }[];

/** How the server writes: in pieces of so many bytes, or (0) each event by itself. */
const cuts = [
  { pieceBytes: 16_384, name: '16 KB pieces' },
  { pieceBytes: 1_371, name: '1371-byte pieces' },
  { pieceBytes: 0, name: 'an event a write' },
];

/** What it costs to read streams token by token, against a server on the loopback that writes at once. */
export function sse({ quick, sampled }: Effort): Plan {
  const rounds = { warmUp: 2, rounds: quick ? 3 : 7 };
  const load = { items: quick ? 100 : 500, concurrency: 32, repeats: 1 };
  const chosen = quick ? cuts.slice(0, 1) : cuts;
  const columns = chosen.flatMap((_, cut) => measures.map(({ of, name }) => ({ cut, of, name })));

  const samplesOf = async (pieceBytes: number) => {
    const server = startChild('sse-server', [String(pieceBytes)]);
    try {
      const url = String(await server.ask());
      const [samples] = await contest({ names, entry: 'sse-worker', args: [url], loads: [load], rounds, sampled });
      return samples;
    } finally {
      server.stop();
    }
  };

  const run: Plan['run'] = async () => {
    const contests: Awaited<ReturnType<typeof samplesOf>>[] = [];
    for (const { pieceBytes } of chosen) contests.push(await samplesOf(pieceBytes));
    const values = (name: StreamContenderName, cut: number, of: keyof Sample): readonly number[] =>
      (contests[cut]?.[name] ?? []).map((sample) => sample[of]);
    const head = (what: string): readonly string[] => [
      what,
      ...columns.map(({ cut, name }) => `${name}, ${chosen[cut]?.name ?? ''}`),
    ];
    const against = names.map((name) => [
      name,
      ...columns.map(({ cut, of }) => shown(ratio(values(name, cut, of), values(reference, cut, of)))),
    ]);
    const rates = names.map((name) => [
      name,
      ...chosen.map((_, cut) => figure((load.items * tokensAStream) / median(values(name, cut, 'wallMs')))),
    ]);
    return {
      title: 'Streams',
      note: `Event streams of ${String(tokensAStream)} tokens in 203 events, 58 KB, ${String(load.concurrency)} at a time; the server is a process of its own. Every contender reads and counts every token. CPU is the client’s.`,
      tables: [
        table(head(`as multiples of ${reference}`), against),
        table(['thousand tokens a second', ...chosen.map(({ name }) => name)], rates),
      ],
      short: table(head(`streams, as multiples of ${reference}`), against),
    };
  };
  return { samples: names.length * chosen.length * (rounds.warmUp + rounds.rounds), run };
}
