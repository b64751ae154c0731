import { concatMap, from, type Observable, type ObservableInput } from 'rxjs';
import { asyncIterableSource } from './async-iterable-source';
import { inputKind } from './input-kind';
import { iterableSource } from './iterable-source';
import { observableSource } from './observable-source';
import { promiseSource } from './promise-source';
import { repeated } from './repeated';
import type { Source } from './source';

/** Many requests, from wherever they come. A bare string does not fit: as an iterable it would be its characters. */
export type Requests<Req> = (
  Iterable<Req> | AsyncIterable<Req> | Observable<Req> | PromiseLike<Iterable<Req> & object>
) &
  object;

/**
 * Puts the pull seam over an input. Throws what `inputKind` throws.
 *
 * @param now monotonic clock (ms)
 * @param times how often each item is given, one after the other
 */
export function toSource<Req>(requests: Requests<Req>, now: () => number, times = 1): Source<Req> {
  switch (inputKind(requests)) {
    case 'iterable':
      return repeated(iterableSource(requests as Iterable<Req>), times);
    case 'async-iterable':
      return repeated(asyncIterableSource(requests as AsyncIterable<Req>), times);
    case 'observable':
      return observableSource(arriving(requests as ObservableInput<Req>, times), now);
    case 'promise':
      return repeated(promiseSource(requests as PromiseLike<Iterable<Req>>, openPromised), times);
  }
}

/** Repeated as they come, and not as they are taken: each lies in the queue for as long as it does. */
function arriving<Req>(requests: ObservableInput<Req>, times: number): Observable<Req> {
  const items$ = from(requests);
  return times === 1 ? items$ : items$.pipe(concatMap((item) => Array.from({ length: times }, () => item)));
}

function openPromised<Req>(requests: Iterable<Req>): Source<Req> {
  if (inputKind(requests) === 'iterable') return iterableSource(requests);
  throw new TypeError('a promise of requests must resolve to an iterable');
}
