import { isLeft, right, type Either } from 'fp-ts/Either';
import type { CompletionChunk } from '../../lib/domain/chunk';
import type { CompletionError } from '../../lib/domain/error';
import type { Provider } from '../../lib/provider/provider';
import type { Reply, StreamEvent } from '../../lib/transport/transport';

/** What a whole stream comes to: its chunks, or the failure that ended it. */
export function chunksOf(
  { chunks }: Provider,
  events: readonly StreamEvent[],
  reply?: Reply,
): Either<CompletionError, readonly CompletionChunk[]> {
  if (chunks === undefined) throw new Error('it does not stream');
  let state = chunks.initial;
  const all: CompletionChunk[] = [];
  for (const event of events) {
    if (chunks.isOver(state)) break;
    const stepped = chunks.step(state, event, reply);
    if (isLeft(stepped)) return stepped;
    state = stepped.right[0];
    all.push(...stepped.right[1]);
  }
  const ended = chunks.end(state, reply);
  return isLeft(ended) ? ended : right([...all, ...ended.right]);
}
