import type { AssistantMessage, ToolCall } from '../../domain/completion';
import type { AnthropicReply } from './anthropic-reply';
import { AnthropicToolUseBlock } from './anthropic-tool-use-block';

type Blocks = AnthropicReply['content'];

/**
 * What the blocks say, in our shape: texts and thinking joined, calls of tools with their arguments as JSON. Thinking
 * that was withheld (`redacted_thinking`, or without text) and what tools of Anthropic's own did says nothing.
 */
export function anthropicMessage(blocks: Blocks): AssistantMessage {
  const reasoning = joined(blocks, 'thinking');
  const content = joined(blocks, 'text');
  const calls = blocks.filter(AnthropicToolUseBlock.is).map(toolCall);
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

function toolCall({ id, name, input }: AnthropicToolUseBlock): ToolCall {
  return { id, type: 'function', function: { name, arguments: JSON.stringify(input ?? {}) } };
}
