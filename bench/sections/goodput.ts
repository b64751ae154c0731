import { type GoodputContenderName, goodputContenders } from '../contenders/goodput-contenders';
import { type Goodput, goodputOf } from '../measure/goodput-of';
import { median } from '../measure/median';
import { ratio } from '../measure/ratio';
import { figure, shown } from '../report/shown';
import { table } from '../report/table';
import type { Effort, Plan } from './section';

const names = Object.keys(goodputContenders) as GoodputContenderName[];
const reference: GoodputContenderName = 'the best possible';
const limit = { rps: 500, burst: 50 };

/** How much of what a provider allows is made use of by who wants more, and what is lost by asking. In virtual time. */
export function goodput({ quick, sampled }: Effort): Plan {
  const load = { requests: quick ? 3000 : 10_000, concurrency: 256, limit };
  const seeds = quick ? [1] : [1, 2, 3, 4, 5];

  const sample = (name: GoodputContenderName): readonly Goodput[] =>
    seeds.map((seed) => {
      const taken = goodputOf(goodputContenders[name], load, seed);
      sampled(name);
      return taken;
    });

  const run = () => {
    const samples = new Map(names.map((name) => [name, sample(name)]));
    const values = (name: GoodputContenderName, of: keyof Goodput): readonly number[] =>
      (samples.get(name) ?? []).map((taken) => taken[of]);
    const done = (name: GoodputContenderName): readonly string[] => {
      const doneMs = values(name, 'doneMs');
      if (median(doneMs) === Infinity) return ['never', ''];
      return [shown(ratio(doneMs, values(reference, 'doneMs'))), (median(doneMs) / 1000).toFixed(1)];
    };
    const each = (name: GoodputContenderName, of: keyof Goodput): number => median(values(name, of)) / load.requests;
    const rows = names.map((name) => [
      name,
      ...done(name),
      `${figure(100 * each(name, 'failed'))} %`,
      each(name, 'calls').toFixed(2),
      each(name, 'rejected').toFixed(2),
    ]);
    const head = [
      '99 % answered, as multiples of the best possible',
      's',
      'failed',
      'calls a request',
      '429s a request',
    ];
    const found = table(['goodput', ...head], rows);
    return Promise.resolve({
      title: 'Goodput under a rate limit',
      note: [
        `Simulated, in virtual time: nothing of the machine is in these figures, and in brackets are the lowest and the highest of ${String(seeds.length)} seeds.`,
        `${String(load.requests)} requests, ${String(load.concurrency)} at a time, to a provider that takes ${String(limit.rps)} calls a second, ${String(limit.burst)} at once after a pause.`,
        'It answers after 50 ms in the middle and 1 s at the 99th percentile (log-normal). A call too many is a 429 after 10 ms, with `retry-after` in whole seconds; it counts against the limit as well, down to a debt of 50.',
        'The best possible knows the limit and sends each call when it will be taken. Retries as in the SDKs: two, after the hint or 0.5 s to 8 s, the place kept meanwhile.',
      ].join(' '),
      tables: [found],
      short: found,
    });
  };
  return { samples: names.length * seeds.length, run };
}
