import { defer, of, switchMap, throwError, throwIfEmpty, type Observable } from 'rxjs';
import type { Call, Reply, Transport } from '../../transport/transport';
import { hubRedirect } from './hub-redirect';
import { TokenizerProblem } from '../load/tokenizer-problem';

/** What RFC 2068 recommended; the hub needs two. */
const mostRedirects = 5;

/**
 * Asks for a file of the hub, following its redirects (the transport follows none). Emits one reply that is no redirect and completes;
 * errors as the transport does, and with a `TokenizerProblem` for redirects without end. Unsubscribing destroys the socket.
 */
export function hubGet$(
  request: Pick<Call, 'url' | 'headers'>,
  transport: Transport,
  left = mostRedirects,
): Observable<Reply> {
  return defer(() => transport({ method: 'GET', ...request, body: '' })).pipe(
    throwIfEmpty(() => new TokenizerProblem('the hub gave no answer', 'check the transport')),
    switchMap((reply) => {
      const next = hubRedirect(reply, request);
      if (next === undefined) return of(reply);
      if (left > 0) return hubGet$(next, transport, left - 1);
      return throwError(
        () => new TokenizerProblem(`the hub redirects more than ${String(mostRedirects)} times`, 'check the source'),
      );
    }),
  );
}
