import { mergeMap, type Observable, of, range, timer } from 'rxjs';
import type { Reply } from 'rx-fanout';
import type { GoodputContender } from './goodput-contender';

const retries = 2;

/**
 * So many at once, each with the retries of the vendors' SDKs: two, after what `retry-after` says, else after 0.5 s, 1 s … 8 s less
 * up to a quarter. Its place is kept meanwhile.
 */
export const sdkRetries: GoodputContender = ({ requests, concurrency, send, random }) => {
  const waitMs = ({ headers }: Reply, retried: number): number => {
    const seconds = Number(headers['retry-after']);
    return seconds > 0 ? seconds * 1000 : Math.min(500 * 2 ** retried, 8000) * (1 - 0.25 * random());
  };
  const ask = (retried: number): Observable<boolean> =>
    send().pipe(
      mergeMap((reply) => {
        if (reply.status === 200 || retried === retries) return of(reply.status === 200);
        return timer(waitMs(reply, retried)).pipe(mergeMap(() => ask(retried + 1)));
      }),
    );
  return range(0, requests).pipe(mergeMap(() => ask(0), concurrency));
};
