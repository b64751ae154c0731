import { map, take, throwIfEmpty, type Observable } from 'rxjs';
import type { Completion } from '../domain/completion';
import { completionError } from '../domain/error';
import type { Provider } from '../provider/provider';
import type { Transport } from '../transport/transport';
import { completionOf } from './completion-of';
import type { InformedBy } from './informed';
import { sent$, type Order } from './sent';

/** Where a deployment's calls go. */
export interface Endpoint {
  readonly provider: Provider;
  readonly transport: Transport;
}

/** Key, call, reply, completion. Emits once; errors with what the first step that fails makes of it. */
export function call$({ provider, transport }: Endpoint, order: Order, context: InformedBy): Observable<Completion> {
  return sent$(provider, order, { stream: false }, (call) =>
    transport(call).pipe(
      take(1),
      throwIfEmpty(() => completionError({ _tag: 'Defect', message: 'the transport ended without a reply' })),
      map((reply) => {
        order.replied(reply.headers);
        return completionOf(reply, call, provider, context);
      }),
    ),
  );
}
