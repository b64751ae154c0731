import { concat, defer, EMPTY, from, mergeMap, of, throwError } from 'rxjs';
import { completionError } from '../../lib/domain/error';
import { defaultCaps } from '../../lib/transport/caps';
import { eventBody } from '../../lib/transport/event-body';
import type { Reply, Transport } from '../../lib/transport/transport';

/** A transport without a network: the body comes in these pieces, then it ends or breaks off. Their reader is the real one. */
export function bytes(pieces: readonly Uint8Array[], ending: 'end' | 'reset' = 'end'): Transport {
  return () =>
    defer(() => {
      const { take, end } = eventBody({ status: 200, headers: {} }, defaultCaps);
      const emitted = (reply: Reply | undefined) => (reply === undefined ? EMPTY : of(reply));
      return concat(
        from(pieces).pipe(mergeMap((piece) => emitted(take(piece).reply))),
        ending === 'end'
          ? defer(() => emitted(end()))
          : throwError(() => completionError({ _tag: 'Connection', code: 'ECONNRESET' })),
      );
    });
}
