import { filter, map, type Observable } from 'rxjs';
import type { CompletionChunk } from './domain/chunk';
import type { StreamedEvent } from './domain/streamed-event';
import { paced, paceOf } from './rx/paced';

/** The chunks of one streamed request: completes when its answer is whole, errors with its failure. */
export function chunksOf(events$: Observable<StreamedEvent<unknown>>): Observable<CompletionChunk> {
  return paced((read$) => {
    const read = read$ === undefined ? events$ : (paceOf(events$)?.(read$) ?? events$);
    return read.pipe(filter(isTelling), map(chunkIn));
  });
}

type Telling = Extract<StreamedEvent<unknown>, { readonly type: 'chunk' | 'result' }>;

function isTelling(event: StreamedEvent<unknown>): event is Telling {
  return event.type === 'chunk' || (event.type === 'result' && event.result.outcome._tag === 'Left');
}

function chunkIn(event: Telling): CompletionChunk {
  if (event.type === 'chunk') return event.chunk;
  throw event.result.outcome._tag === 'Left' ? event.result.outcome.left : new Error('an answer is no chunk');
}
