import { defaultIfEmpty, defer, EMPTY, mergeMap, take, type Observable } from 'rxjs';
import type { CompletionRequest } from '../domain/request';
import type { Provider } from '../provider/provider';
import type { Call, Reply } from '../transport/transport';
import { orThrow } from './or-throw';

/** What is to be asked. */
export interface Order {
  readonly request: CompletionRequest;
  /** What the star of a wildcard group stood for. */
  readonly model?: string | undefined;
  readonly dropUnsupported: boolean;
  /** Told the fields that the vendor cannot serve and that were left out, before anything is sent. */
  readonly dropped: (fields: readonly string[]) => void;
  /** Told that the call goes out now: from here on it may have to be paid for. False when nobody waits for it any more: then it does not. */
  readonly sending: () => boolean;
  /** Told the headers of the reply, as soon as they are there. */
  readonly replied: (headers: Reply['headers']) => void;
}

/** The call with the key that it needs, sent. Most keys are fixed: waiting for `of(undefined)` would cost every request two operators. */
export function sent$<A>(
  provider: Provider,
  { request, model, dropUnsupported, dropped, sending }: Order,
  { stream }: { readonly stream: boolean },
  send: (call: Call) => Observable<A>,
): Observable<A> {
  const make = (key: string | undefined): Observable<A> => {
    const call = orThrow(provider.toCall(request, { stream, model, key, dropUnsupported }));
    if (call.dropped !== undefined && call.dropped.length > 0) dropped(call.dropped);
    return sending() ? send(call) : EMPTY;
  };
  return provider.key === undefined ? defer(() => make(undefined)) : keyOf(provider.key).pipe(mergeMap(make));
}

/** A key function that ends without a key leaves it to the provider to say so. */
function keyOf(key: NonNullable<Provider['key']>): Observable<string | undefined> {
  return defer(key).pipe(take(1), defaultIfEmpty(undefined));
}
