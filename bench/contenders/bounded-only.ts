import { map, mergeMap, range } from 'rxjs';
import type { GoodputContender } from './goodput-contender';

/** So many at once, and what fails has failed. */
export const boundedOnly: GoodputContender = ({ requests, concurrency, send }) =>
  range(0, requests).pipe(
    mergeMap(send, concurrency),
    map(({ status }) => status === 200),
  );
