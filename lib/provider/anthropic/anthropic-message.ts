import type { AssistantMessage, ToolCall } from '../../domain/completion';
import { anthropicExtra } from './anthropic-extra';
import type { AnthropicReply } from './anthropic-reply';
import { AnthropicToolUseBlock } from './anthropic-tool-use-block';

type Blocks = AnthropicReply['content'];

/**
 * What the blocks say, in our shape: texts and thinking joined, calls of tools with their arguments as JSON and the
 * thinking that led to them. Thinking that was withheld (`redacted_thinking`, or without text) and what tools of
 * Anthropic's own did says nothing.
 */
export function anthropicMessage(blocks: Blocks, model: string): AssistantMessage {
  const reasoning = joined(blocks, 'thinking');
  const content = joined(blocks, 'text');
  const calls = callsIn(blocks, model);
  return {
    role: 'assistant',
    content: content === '' ? null : content,
    ...(reasoning === '' ? {} : { reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

function joined(blocks: Blocks, kind: 'text' | 'thinking'): string {
  return blocks
    .map((block: Readonly<Record<string, unknown>>) => (block['type'] === kind ? block[kind] : ''))
    .filter((text) => typeof text === 'string')
    .join('');
}

function callsIn(blocks: Blocks, model: string): readonly ToolCall[] {
  let done = 0;
  return blocks.flatMap((block, place) => {
    if (!AnthropicToolUseBlock.is(block)) return [];
    const { id, name, input } = block;
    const before = blocks.slice(done, place);
    done = place;
    const called = { name, arguments: JSON.stringify(input ?? {}) };
    return [{ id, type: 'function' as const, function: called, ...anthropicExtra(before, model) }];
  });
}
