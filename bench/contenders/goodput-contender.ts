import type { Observable } from 'rxjs';
import type { Reply } from 'rx-fanout';
import type { RateLimit } from '../simulated/rate-limited-server';

/** What a contender is asked to do, and by whom it is served. */
export interface GoodputLoad {
  readonly requests: number;
  readonly concurrency: number;
  readonly limit: RateLimit;
  readonly send: () => Observable<Reply>;
  readonly random: () => number;
}

/** Does all requests, in virtual time; emits for each, when it has ended, whether it was answered. */
export type GoodputContender = (load: GoodputLoad) => Observable<boolean>;
