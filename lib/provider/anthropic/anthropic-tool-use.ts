import * as t from 'io-ts';
import type { Message } from '../../domain/request';
import type { AnthropicBlock } from './anthropic-block';
import { anthropicToolId } from './anthropic-tool-id';

/**
 * A call that the model made earlier, as Anthropic has it. Arguments that are no JSON object (the model may have been
 * cut off in them) are sent under one key, as Anthropic's guide to streamed tool input has it.
 */
export function anthropicToolUse({
  id,
  function: { name, arguments: json },
}: NonNullable<Message['tool_calls']>[number]): AnthropicBlock {
  return { type: 'tool_use', id: anthropicToolId(id), name, input: inputOf(json) };
}

function inputOf(json: string): Readonly<Record<string, unknown>> {
  if (json.trim() === '') return {};
  try {
    const input: unknown = JSON.parse(json);
    if (t.UnknownRecord.is(input)) return input;
  } catch {
    // the parser's words would show the arguments
  }
  return { INVALID_JSON: json };
}
