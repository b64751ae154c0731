import type { RouterConfig } from 'rx-fanout';
import { seededRandom } from '../../lib/testing/simulate/seeded-random';
import { promptOf } from '../contenders/exchange';
import { inVirtualTime } from '../simulated/in-virtual-time';
import { simulatedRouter } from '../simulated/simulated-router';
import { type Slowness, stragglingServer } from '../simulated/straggling-server';
import { quantile } from './quantile';

/** What became of one run over two deployments that are slow now and then. */
export interface Tail {
  /** Until the last row (virtual ms). */
  readonly makespanMs: number;
  /** Of requests, from the lane to the row (virtual ms). */
  readonly p99Ms: number;
  /** Of first calls that were heard out (virtual ms): what `hedge.afterMs` is set by. */
  readonly p97OfFirstMs: number;
  readonly calls: number;
}

export interface TailLoad {
  readonly requests: number;
  readonly concurrency: number;
  readonly slow: Slowness;
  readonly hedge?: RouterConfig['hedge'];
}

/** Does a load against fresh deployments. The same seed, the same figures. */
export function tailOf({ requests, concurrency, slow, hedge }: TailLoad, seed: number): Tail {
  const rows = inVirtualTime(() => {
    const { parallel$ } = simulatedRouter({
      deployments: [{}, {}],
      transport: stragglingServer(slow, seed),
      random: seededRandom(-seed),
      ...(hedge === undefined ? {} : { hedge, experimental: ['hedge'] }),
    });
    return parallel$(
      Array.from({ length: requests }, (_, index) => promptOf(index)),
      { concurrency },
    );
  });
  const answered = rows.filter(({ value }) => value.outcome._tag === 'Right');
  if (answered.length !== requests) throw new Error(`${String(answered.length)} of ${String(requests)} were answered`);
  const elapsedMs = rows.map(({ value }) => value.timing.elapsedMs);
  const first = rows.flatMap(({ value }) => value.attempts.slice(0, 1).map((one) => one.elapsedMs));
  return {
    makespanMs: Math.max(...rows.map(({ at }) => at)),
    p99Ms: quantile(elapsedMs, 0.99),
    p97OfFirstMs: quantile(first, 0.97),
    calls: rows.reduce((sum, { value }) => sum + value.attempts.length, 0),
  };
}
