import { defer, delay, of } from 'rxjs';
import type { Transport } from 'rx-fanout';
import { sampleLatency } from '../../lib/testing/simulate/sample-latency';
import { seededRandom } from '../../lib/testing/simulate/seeded-random';
import { seedOf } from '../../lib/testing/simulate/seed-of';
import { answered } from './answered';
import { latency } from './latency';

/** Whose the slowness is: each call has its own, or all calls of a request are as slow as each other; and so for the hangs. */
export interface Slowness {
  readonly latency: 'of the call' | 'of the request';
  readonly hangs: 'of the call' | 'of the request';
}

const hang = { share: 0.01, ms: 5000 };

/** A provider that answers everything, to be used in virtual time: mostly soon, and one in a hundred after 5 s. */
export function stragglingServer(slow: Slowness, seed: number): Transport {
  const ofCalls = seededRandom(seed);
  return ({ body }) =>
    defer(() => {
      const ofRequest = seededRandom(seedOf(seed, body));
      const randomFor = (what: keyof Slowness): (() => number) => (slow[what] === 'of the call' ? ofCalls : ofRequest);
      const hangs = randomFor('hangs')() < hang.share;
      const answersAfterMs = sampleLatency(latency, randomFor('latency'));
      return of(answered).pipe(delay(hangs ? hang.ms : answersAfterMs));
    });
}
