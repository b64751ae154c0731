import type { ChunkChoice, CompletionChunk } from '../../domain/chunk';
import type { AnthropicStreamState } from './anthropic-stream-state';

/** One piece of the answer that a stream in this state gives; Anthropic gives no more than one answer. */
export function anthropicChunk(
  { id, created, model }: Pick<AnthropicStreamState, 'id' | 'created' | 'model'>,
  said: Omit<ChunkChoice, 'index'>,
  raw: unknown,
): CompletionChunk {
  return { id, created, model, choices: [{ index: 0, ...said }], raw };
}
