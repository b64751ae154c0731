import type { CompletionChunk } from '../../lib/domain/chunk';
import type { StreamedEvent } from '../../lib/domain/streamed-event';
import { brief } from './brief';

/** A chunk in a word: the text of its first choice; `.` and how it ended; `u` usage; `_` nothing. */
export function heard({ choices, usage }: CompletionChunk): string {
  const [choice] = choices;
  if (choice?.delta.content) return choice.delta.content;
  if (choice?.finish_reason) return `.${choice.finish_reason}`;
  return usage ? 'u' : '_';
}

/** An event of a multiplexed stream in a word: the index, then `>` start, `<` restart, `=` its row, else its chunk. */
export function told(event: StreamedEvent<unknown>): string {
  const { index, type } = event;
  if (type === 'start') return `${String(index)}>`;
  if (type === 'restart') return `${String(index)}<`;
  return type === 'chunk' ? `${String(index)}${heard(event.chunk)}` : `${String(index)}=${brief(event.result)}`;
}
