import type { ToolCall } from '../../domain/completion';
import { AnthropicThought } from './anthropic-thought';

/**
 * The thinking that led to a call, to be handed back with it: Anthropic refuses the result of a call without the
 * thinking, signed, that it made the call for (docs.claude.com, Extended thinking, Preserving thinking blocks).
 *
 * @param model that was asked: no other takes its signatures
 */
export function anthropicExtra(blocks: readonly unknown[], model: string): Pick<ToolCall, 'extra_content'> {
  const thoughts = blocks.filter(AnthropicThought.is);
  return thoughts.length === 0 ? {} : { extra_content: { anthropic: { model, thinking_blocks: thoughts } } };
}
