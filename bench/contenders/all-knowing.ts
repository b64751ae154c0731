import { concat, map, mergeMap, range, take, timer } from 'rxjs';
import type { GoodputContender } from './goodput-contender';

/** The best possible: each call is sent at the very moment when it will be taken, however many are under way. */
export const allKnowing: GoodputContender = ({ requests, limit: { rps, burst }, send }) => {
  const everyMs = 1000 / rps;
  return concat(range(0, burst), timer(everyMs, everyMs)).pipe(
    take(requests),
    mergeMap(send),
    map(({ status }) => status === 200),
  );
};
