import { seededRandom } from '../../lib/testing/simulate/seeded-random';
import type { GoodputContender, GoodputLoad } from '../contenders/goodput-contender';
import { inVirtualTime } from '../simulated/in-virtual-time';
import { rateLimitedServer } from '../simulated/rate-limited-server';

/** What one contender made of one storm. */
export interface Goodput {
  /** Until 99 % of the requests were answered (virtual ms); Infinity: they never were. */
  readonly doneMs: number;
  readonly failed: number;
  readonly calls: number;
  readonly rejected: number;
}

/** Lets a contender do its load against a fresh server. The same seed, the same figures. */
export function goodputOf(
  contender: GoodputContender,
  load: Pick<GoodputLoad, 'requests' | 'concurrency' | 'limit'>,
  seed: number,
): Goodput {
  const stats: ReturnType<typeof rateLimitedServer>['stats'][] = [];
  const ended = inVirtualTime(() => {
    const server = rateLimitedServer(load.limit, seed);
    stats.push(server.stats);
    return contender({ ...load, send: server.send, random: seededRandom(-seed) });
  });
  if (ended.length !== load.requests) throw new Error(`${String(ended.length)} of ${String(load.requests)} ended`);
  const answered = ended.filter(({ value }) => value);
  return {
    doneMs: answered[Math.ceil(load.requests * 0.99) - 1]?.at ?? Infinity,
    failed: load.requests - answered.length,
    ...(stats[0]?.() ?? { calls: NaN, rejected: NaN }),
  };
}
