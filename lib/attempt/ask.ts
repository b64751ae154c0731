import { throwError, timeout, type Observable } from 'rxjs';
import type { Completion } from '../domain/completion';
import { completionError } from '../domain/error';
import type { DeploymentState } from '../plan/deployment';
import { longestTimerMs } from '../rx/longest-timer';
import { call$, type Endpoint } from './call';
import type { InformedBy } from './informed';
import type { Journey } from './journey';
import type { Leg } from './leg';
import type { Order } from './sent';
import { streamed$ } from './streamed';

/**
 * Asks for the answer, streamed when somebody listens or the request says so, and gives it as soon as it is whole. Errors after the clock
 * that runs out first: `attemptMs` for a whole reply; for a stream that or `firstChunkMs` to its first content, `chunkMs` from one chunk to
 * the next; and for either what the request's deadline leaves. A group that is not the last has a share of that for a whole reply, or the
 * first content.
 */
export function ask$(
  endpoint: Endpoint,
  order: Order,
  journey: Journey,
  { deployment, leftMs, leg }: { readonly deployment: DeploymentState; readonly leftMs: number; readonly leg: Leg },
  context: InformedBy & { readonly now: () => number },
): Observable<Completion> {
  const { tries, clocks, deadline } = journey;
  const attemptMs = clocks.attemptMs(deployment);
  const { hasFallback } = tries; // then `leftMs` is to the end of the group's share, which is one more clock of the call
  if (tries.streamed) {
    const chunkMs = clocks.chunkMs(deployment);
    const firstMs = Math.min(attemptMs, clocks.firstChunkMs(deployment), hasFallback ? leftMs : Infinity);
    const totalMs = hasFallback ? deadline - context.now() : leftMs;
    return streamed$(endpoint, order, journey, { leg, firstMs, chunkMs, leftMs: totalMs }, context);
  }
  const phase = leftMs < attemptMs && !hasFallback ? 'total' : 'attempt';
  return call$(endpoint, order, context).pipe(
    timeout({
      first: Math.min(attemptMs, leftMs, longestTimerMs),
      with: () => throwError(() => completionError({ _tag: 'Timeout', phase })),
    }),
  );
}
