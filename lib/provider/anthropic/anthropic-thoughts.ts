import * as t from 'io-ts';
import type { ToolCall } from '../../domain/completion';
import { AnthropicThought } from './anthropic-thought';

/** The thinking that came with a call when this model made it; of another model's there is none, for it would be refused. */
export function anthropicThoughts(
  { extra_content: extra }: Pick<ToolCall, 'extra_content'>,
  model: string,
): readonly AnthropicThought[] {
  const anthropic = t.UnknownRecord.is(extra) ? extra['anthropic'] : undefined;
  if (!t.UnknownRecord.is(anthropic) || anthropic['model'] !== model) return [];
  const blocks = anthropic['thinking_blocks'];
  return Array.isArray(blocks) ? blocks.filter(AnthropicThought.is) : [];
}
