import type { Either } from 'fp-ts/Either';
import { defaultIfEmpty, defer, map, mergeMap, take, throwIfEmpty, type Observable } from 'rxjs';
import type { Completion } from '../domain/completion';
import { completionError, withDetails, type CompletionError } from '../domain/error';
import type { CompletionRequest } from '../domain/request';
import type { Provider } from '../provider/provider';
import { retryAfterMs } from '../transport/retry-after';
import type { Call, Reply, Transport } from '../transport/transport';
import { longestHintMs } from './error-rules';

/** Where a deployment's calls go. */
export interface Endpoint {
  readonly provider: Provider;
  readonly transport: Transport;
}

export interface CallContext {
  /** Wall clock (ms since the epoch): for dates in headers. */
  readonly wallNow: () => number;
  readonly exposeBodies: boolean;
}

/** Key, call, reply, completion. Emits once; errors with what the first step that fails makes of it. */
export function call$(
  { provider, transport }: Endpoint,
  request: CompletionRequest,
  context: CallContext,
): Observable<Completion> {
  const send = (key: string | undefined): Observable<Completion> => {
    const call = orThrow(provider.toCall(request, { stream: false, key }));
    return transport(call).pipe(
      take(1),
      throwIfEmpty(() => completionError({ _tag: 'Defect', message: 'the transport ended without a reply' })),
      map((reply) => completionOf(reply, call, provider, context)),
    );
  };
  // Most keys are fixed: waiting for `of(undefined)` would cost every request two operators.
  return provider.key === undefined ? defer(() => send(undefined)) : keyOf(provider.key).pipe(mergeMap(send));
}

/** A key function that ends without a key leaves it to the provider to say so. */
function keyOf(key: NonNullable<Provider['key']>): Observable<string | undefined> {
  return defer(key).pipe(take(1), defaultIfEmpty(undefined));
}

function completionOf(reply: Reply, call: Call, provider: Provider, context: CallContext): Completion {
  const isSuccess = reply.status >= 200 && reply.status < 300;
  const decoded = isSuccess ? provider.toCompletion(reply, call) : undefined;
  if (decoded?._tag === 'Right') return decoded.right;
  throw informed(decoded?.left ?? provider.toError(reply, call), reply, context);
}

/** The error with what the reply's headers say; a pause too long to sit out is not retried. */
function informed(error: CompletionError, reply: Reply, { wallNow, exposeBodies }: CallContext): CompletionError {
  const hintMs = retryAfterMs(reply.headers, wallNow) ?? error.retryAfterMs;
  return withDetails(error, {
    retryAfterMs: hintMs,
    isRetryable: error.isRetryable && (hintMs ?? 0) <= longestHintMs,
    ...(exposeBodies ? { body: bodyText(reply) } : {}),
  });
}

function bodyText({ body }: Reply): string {
  return body._tag === 'Left' ? body.left.text : JSON.stringify(body.right);
}

function orThrow<A>(either: Either<CompletionError, A>): A {
  if (either._tag === 'Left') throw either.left;
  return either.right;
}
