import { throwError, timeout, type Observable } from 'rxjs';
import type { Completion } from '../domain/completion';
import { completionError } from '../domain/error';
import type { DeploymentState } from '../plan/deployment';
import { longestTimerMs } from '../rx/longest-timer';
import { call$, type Endpoint } from './call';
import type { InformedBy } from './informed';
import type { Journey } from './journey';
import type { Order } from './sent';
import { streamed$ } from './streamed';

/**
 * Asks for the answer, streamed when somebody listens or the request says so, and gives it as soon as it is whole. Errors after the clock
 * that runs out first: `attemptMs` for a whole reply; for a stream that or `firstChunkMs` to its first content, `chunkMs` from one chunk to
 * the next; and for either what the request's deadline leaves.
 */
export function ask$(
  endpoint: Endpoint,
  order: Order,
  journey: Journey,
  { deployment, leftMs }: { readonly deployment: DeploymentState; readonly leftMs: number },
  context: InformedBy & { readonly now: () => number },
): Observable<Completion> {
  const { tries, clocks } = journey;
  const attemptMs = clocks.attemptMs(deployment);
  if (tries.streamed) {
    const firstMs = Math.min(attemptMs, clocks.firstChunkMs(deployment));
    return streamed$(endpoint, order, journey, { firstMs, chunkMs: clocks.chunkMs(deployment), leftMs }, context);
  }
  return call$(endpoint, order, context).pipe(
    timeout({
      first: Math.min(attemptMs, leftMs, longestTimerMs),
      with: () =>
        throwError(() => completionError({ _tag: 'Timeout', phase: leftMs < attemptMs ? 'total' : 'attempt' })),
    }),
  );
}
