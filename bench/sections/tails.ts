import { median } from '../measure/median';
import { ratio } from '../measure/ratio';
import { type Tail, tailOf } from '../measure/tail-of';
import { figure, shown } from '../report/shown';
import { table } from '../report/table';
import type { Slowness } from '../simulated/straggling-server';
import type { Effort, Plan } from './section';

const maxExtra = 0.05;
const slownesses: readonly (Slowness & { readonly name: string })[] = [
  { name: 'slow are calls', latency: 'of the call', hangs: 'of the call' },
  { name: 'slow are requests, but calls hang', latency: 'of the request', hangs: 'of the call' },
  { name: 'slow are requests', latency: 'of the request', hangs: 'of the request' },
];

/** What a second call for a slow one gains, and what it costs. In virtual time. */
export function tails({ quick, sampled }: Effort): Plan {
  const load = { requests: quick ? 1000 : 2000, concurrency: 64 };
  const seeds = [...Array(quick ? 1 : 9).keys()];

  const rowsOf = ({ name, ...slow }: (typeof slownesses)[number]): readonly (readonly string[])[] => {
    const sample = (hedge?: { readonly afterMs: number; readonly maxExtra: number }): readonly Tail[] =>
      seeds.map((seed) => {
        const taken = tailOf({ ...load, slow, hedge }, seed);
        sampled(name);
        return taken;
      });
    const without = sample();
    const afterMs = median(without.map(({ p97OfFirstMs }) => p97OfFirstMs));
    const hedged = sample({ afterMs, maxExtra });
    const row = (what: string, tail: readonly Tail[]): readonly string[] => {
      const against = (of: keyof Tail): string =>
        shown(
          ratio(
            tail.map((one) => one[of]),
            without.map((one) => one[of]),
          ),
        );
      const seconds = (of: keyof Tail): string => figure(median(tail.map((one) => one[of])) / 1000);
      const extra = median(tail.map(({ calls }) => calls)) / load.requests - 1;
      return [
        `${name}; ${what}`,
        against('makespanMs'),
        seconds('makespanMs'),
        against('p99Ms'),
        seconds('p99Ms'),
        `${figure(100 * extra)} %`,
      ];
    };
    return [row('no hedge', without), row('hedged', hedged)];
  };

  const run = () => {
    const head = ['makespan, as multiples of without', 's', 'p99, as multiples of without', 's', 'extra calls'];
    const found = table(['hedging', ...head], slownesses.flatMap(rowsOf));
    return Promise.resolve({
      title: 'Tails, with and without a second call',
      note: [
        `Simulated, in virtual time: nothing of the machine is in these figures, and in brackets are the lowest and the highest of ${String(seeds.length)} seeds.`,
        `${String(load.requests)} requests, ${String(load.concurrency)} at a time, over two deployments that answer after 50 ms in the middle and 1 s at the 99th percentile (log-normal), but 1 % only after 5 s.`,
        `\`hedge.afterMs\` is the 97th percentile of a run without, \`maxExtra\` ${String(maxExtra)}.`,
        'Where slowness belongs to the request (a long answer), a second call is as slow as the first: only what hangs by chance can be gained.',
      ].join(' '),
      tables: [found],
      short: found,
    });
  };
  return { samples: slownesses.length * 2 * seeds.length, run };
}
