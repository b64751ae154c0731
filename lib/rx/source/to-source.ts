import { from, type Observable, type ObservableInput } from 'rxjs';
import { asyncIterableSource } from './async-iterable-source';
import { inputKind } from './input-kind';
import { iterableSource } from './iterable-source';
import { observableSource } from './observable-source';
import { promiseSource } from './promise-source';
import type { Source } from './source';

/** Many requests, from wherever they come. A bare string does not fit: as an iterable it would be its characters. */
export type Requests<Req> = (
  Iterable<Req> | AsyncIterable<Req> | Observable<Req> | PromiseLike<Iterable<Req> & object>
) &
  object;

/** Puts the pull seam over an input. `now`: monotonic clock (ms). Throws what `inputKind` throws. */
export function toSource<Req>(requests: Requests<Req>, now: () => number): Source<Req> {
  switch (inputKind(requests)) {
    case 'iterable':
      return iterableSource(requests as Iterable<Req>);
    case 'async-iterable':
      return asyncIterableSource(requests as AsyncIterable<Req>);
    case 'observable':
      return observableSource(from(requests as ObservableInput<Req>), now);
    case 'promise':
      return promiseSource(requests as PromiseLike<Iterable<Req>>, openPromised);
  }
}

function openPromised<Req>(requests: Iterable<Req>): Source<Req> {
  if (inputKind(requests) === 'iterable') return iterableSource(requests);
  throw new TypeError('a promise of requests must resolve to an iterable');
}
