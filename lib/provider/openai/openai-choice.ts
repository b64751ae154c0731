import type { AssistantMessage, Choice, ToolCall } from '../../domain/completion';
import { filled } from '../filled';
import type { OpenAIReply } from './openai-reply';
import { partText } from '../part-text';

type ReplyChoice = OpenAIReply['choices'][number];
type ReplyMessage = ReplyChoice['message'];

/** One choice in our shape. What a server left out is filled in from its place and from what the choice holds. */
export function openAIChoice(choice: ReplyChoice, place: number): Choice {
  const message = openAIMessage(choice.message);
  return {
    index: isIndex(choice.index) ? choice.index : place,
    message,
    finish_reason: filled(choice.finish_reason) ?? (message.tool_calls === undefined ? 'stop' : 'tool_calls'),
    ...(choice.logprobs === undefined || choice.logprobs === null ? {} : { logprobs: choice.logprobs }),
  };
}

function openAIMessage(message: ReplyMessage): AssistantMessage {
  const { content, tool_calls: calls } = message;
  const parts = typeof content === 'object' && content !== null ? content : [];
  const refusal = filled(message.refusal);
  const reasoning = filled(message.reasoning) ?? filled(message.reasoning_content) ?? partText(parts, 'thinking');
  return {
    role: 'assistant',
    content: typeof content === 'string' ? content : (partText(parts, 'text') ?? null),
    ...(refusal === undefined ? {} : { refusal }),
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(calls === undefined || calls === null || calls.length === 0 ? {} : { tool_calls: calls.map(toolCall) }),
  };
}

/**
 * `arguments` is passed on as the model wrote it, invalid JSON too; only servers that parsed it themselves have it
 * written again.
 */
function toolCall(
  { id, function: { name, arguments: given }, extra_content: extra }: NonNullable<ReplyMessage['tool_calls']>[number],
  place: number,
): ToolCall {
  return {
    id: filled(id) ?? `call_${String(place)}`,
    type: 'function',
    function: { name, arguments: typeof given === 'string' ? given : JSON.stringify(given ?? {}) },
    ...(extra === undefined ? {} : { extra_content: extra }),
  };
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
