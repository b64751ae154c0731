import { asyncScheduler, defer, delay, of, type Observable } from 'rxjs';
import type { Reply } from 'rx-fanout';
import { sampleLatency } from '../../lib/testing/simulate/sample-latency';
import { seededRandom } from '../../lib/testing/simulate/seeded-random';
import { answered } from './answered';
import { latency } from './latency';

export interface RateLimit {
  readonly rps: number;
  /** Calls that it takes at once after a pause. */
  readonly burst: number;
}

export interface RateLimitedServer {
  /** One call, whatever it says. */
  readonly send: () => Observable<Reply>;
  readonly stats: () => { readonly calls: number; readonly rejected: number };
}

/** A rejection is quick. */
const rejectedAfterMs = 10;

/** A bucket filled by fractions of a ms is never quite full. */
const tolerance = 1e-3;

/**
 * A provider with a token bucket, to be used in virtual time. As with OpenAI's limits a rejected call counts as well: it takes a
 * token, down to a debt of one `burst`, so that who asks again at once is not served sooner but later. It says when to come back in
 * whole seconds, as `retry-after` is mostly written.
 */
export function rateLimitedServer({ rps, burst }: RateLimit, seed: number): RateLimitedServer {
  const random = seededRandom(seed);
  let [tokens, filledAt, calls, rejected] = [burst, asyncScheduler.now(), 0, 0];
  const send = defer(() => {
    const now = asyncScheduler.now();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * rps);
    filledAt = now;
    calls += 1;
    const isTaken = tokens >= 1 - tolerance;
    tokens = Math.max(-burst, tokens - 1);
    if (isTaken) return of(answered).pipe(delay(sampleLatency(latency, random)));
    rejected += 1;
    return of(rejection(-tokens / rps)).pipe(delay(rejectedAfterMs));
  });
  return { send: () => send, stats: () => ({ calls, rejected }) };
}

function rejection(seconds: number): Reply {
  const error = { message: 'Rate limit reached.', type: 'requests', param: null, code: 'rate_limit_exceeded' };
  return {
    status: 429,
    headers: { 'retry-after': String(Math.ceil(seconds)) },
    body: { _tag: 'Right', right: { error } },
  };
}
