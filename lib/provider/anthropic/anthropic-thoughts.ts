import * as t from 'io-ts';
import type { ToolCall } from '../../domain/completion';
import { AnthropicThought } from './anthropic-thought';

/** The thinking that came with a call when the model made it. */
export function anthropicThoughts({
  extra_content: extra,
}: Pick<ToolCall, 'extra_content'>): readonly AnthropicThought[] {
  const anthropic = t.UnknownRecord.is(extra) ? extra['anthropic'] : undefined;
  const blocks = t.UnknownRecord.is(anthropic) ? anthropic['thinking_blocks'] : undefined;
  return Array.isArray(blocks) ? blocks.filter(AnthropicThought.is) : [];
}
