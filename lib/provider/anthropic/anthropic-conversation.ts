import type { ContentPart, Message } from '../../domain/request';
import { anthropicBlock, type AnthropicBlock } from './anthropic-block';
import { anthropicThoughts } from './anthropic-thoughts';
import { anthropicToolId } from './anthropic-tool-id';
import { anthropicToolUse } from './anthropic-tool-use';

interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: readonly AnthropicBlock[];
}

interface AnthropicConversation {
  readonly system: readonly AnthropicBlock[];
  readonly messages: readonly Turn[];
  /** What Anthropic does not take, by place: `messages[2].content[0]`. It is left out of the rest. */
  readonly unserved: readonly string[];
}

/**
 * The messages as Anthropic has them: system and developer messages apart, results of tools as the user's words, and
 * one turn for all that follows each other in one role (the results of one turn's calls must stand together). The
 * thinking that led this model to calls is put back before them; a turn that has thought must begin so. Empty texts are
 * left out, and with them messages that say nothing: Anthropic refuses both.
 */
export function anthropicConversation(messages: readonly Message[], model: string): AnthropicConversation {
  const system: AnthropicBlock[] = [];
  const turns: { readonly role: Turn['role']; readonly content: AnthropicBlock[] }[] = [];
  const unserved: string[] = [];

  const say = (role: Turn['role'], blocks: readonly AnthropicBlock[]): void => {
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...blocks);
    else if (blocks.length > 0) turns.push({ role, content: [...blocks] });
  };

  messages.forEach((message, i) => {
    const { role, tool_calls: calls = [] } = message;
    const place = `messages[${String(i)}]`;
    if (message.name !== undefined && role !== 'tool') unserved.push(`${place}.name`);
    const isSystem = role === 'system' || role === 'developer';
    const blocks = partsOf(message).flatMap((part, j) => {
      const block = isSystem && part.type !== 'text' ? undefined : anthropicBlock(part);
      if (block === undefined) unserved.push(`${place}.content[${String(j)}]`);
      return block === undefined || block['text'] === '' ? [] : [block];
    });
    if (isSystem) system.push(...blocks);
    else if (role === 'tool') say('user', [toolResult(message, blocks)]);
    else {
      const [opening = [], ...rest] = calls.map((call) => [...anthropicThoughts(call, model), anthropicToolUse(call)]);
      say(role, [...opening.slice(0, -1), ...blocks, ...opening.slice(-1), ...rest.flat()]);
    }
  });
  return { system, messages: turns, unserved };
}

function partsOf({ content }: Message): readonly ContentPart[] {
  if (content === undefined || content === null) return [];
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

function toolResult({ tool_call_id: id = '' }: Message, content: readonly AnthropicBlock[]): AnthropicBlock {
  return { type: 'tool_result', tool_use_id: anthropicToolId(id), ...(content.length === 0 ? {} : { content }) };
}
