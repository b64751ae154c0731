import {
  catchError,
  concat,
  defer,
  delay,
  EMPTY,
  filter,
  map,
  mergeMap,
  of,
  Subject,
  takeUntil,
  throwError,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { asChunk } from '../domain/as-chunk';
import type { CompletionChunk } from '../domain/chunk';
import type { CompletionError } from '../domain/error';
import type { Chunks, Provider } from '../provider/provider';
import type { Call, Flow, Reply } from '../transport/transport';
import { call$, type Endpoint } from './call';
import { completionOf } from './completion-of';
import { informed, type InformedBy } from './informed';
import { sent$, type Order } from './sent';

/** The chunks that came together. */
export type Batch = readonly CompletionChunk[];

/**
 * Key, call, pieces, chunks: emits the chunks of each piece that has any, and completes when the body has ended, or a moment after
 * the terminal marker. Errors with what the first step that fails makes of it, after the chunks that came before; what breaks when
 * the answer is whole breaks nothing.
 */
export function chunks$(
  { provider, transport }: Endpoint,
  order: Order,
  context: InformedBy,
  flow: Flow | undefined,
): Observable<Batch> {
  const { chunks } = provider;
  if (chunks === undefined)
    return call$({ provider, transport }, order, context).pipe(map((whole) => [asChunk(whole)]));
  return sent$(provider, order, { stream: true }, (call) =>
    folded$(transport(call, flow), { chunks, provider, call, context, replied: order.replied }),
  );
}

interface Folding {
  readonly chunks: Chunks;
  readonly provider: Provider;
  readonly call: Call;
  readonly context: InformedBy;
  readonly replied: Order['replied'];
}

/** A body mostly ends right after its terminal marker; waiting for that leaves the socket open for the next call. Who keeps it open longer loses it. */
const lingerMs = 250;

function folded$(
  replies$: Observable<Reply>,
  { chunks, provider, call, context, replied }: Folding,
): Observable<Batch> {
  return defer(() => {
    let state = chunks.initial;
    let latest: Reply | undefined;
    let failure: CompletionError | undefined;
    let cameWhole = false;
    const over$ = new Subject<void>();

    function read(reply: Reply): Batch {
      const { status, headers, body } = reply;
      if (latest === undefined) replied(headers);
      latest = { status, headers, body }; // its events, kept until the next piece, would outlive two collections
      if (reply.events === undefined) {
        cameWhole = true;
        return [asChunk(completionOf(reply, call, provider, context))];
      }
      const batch: CompletionChunk[] = [];
      for (const event of reply.events) {
        if (chunks.isOver(state)) break;
        const stepped = chunks.step(state, event, reply, call);
        if (stepped._tag === 'Left') {
          failure = stepped.left;
          latest = { status, headers, body: event.data };
          break;
        }
        const [next, found] = stepped.right;
        state = next;
        for (const chunk of found) batch.push(chunk);
      }
      if (chunks.isOver(state)) over$.next();
      return batch;
    }

    function fail(error: CompletionError): Observable<never> {
      return throwError(() => (latest === undefined ? error : informed(error, latest, context)));
    }

    /** Whether all has been said that makes the answer whole, the end of the body or not. */
    function isWhole(): boolean {
      return latest !== undefined && chunks.end(state, latest, call)._tag === 'Right';
    }

    const pieces$ = replies$.pipe(
      catchError((error: unknown) => (isWhole() ? EMPTY : throwError(() => error))),
      map(read),
      mergeMap((batch) => (failure === undefined ? of(batch) : concat(of(batch), fail(failure)))),
      takeUntil(over$.pipe(delay(lingerMs))),
    );
    const rest$ = defer(() => {
      const ended = cameWhole ? undefined : chunks.end(state, latest, call);
      if (ended === undefined) return of([]);
      return ended._tag === 'Left' ? fail(ended.left) : of(ended.right);
    });
    return concat(pieces$, rest$).pipe(filter((batch) => batch.length > 0));
  });
}
