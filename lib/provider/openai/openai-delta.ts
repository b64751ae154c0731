import type { ChunkDelta } from '../../domain/chunk';
import { filled } from '../filled';
import type { OpenAIDelta, OpenAIEventChoice } from './openai-event';
import { partText } from '../part-text';

const nothing: OpenAIDelta = {};

/** What a choice adds, wherever its server puts it. */
export function openAIDelta({ delta, message, text }: OpenAIEventChoice): OpenAIDelta {
  return delta ?? message ?? (typeof text === 'string' ? { content: text } : nothing);
}

/** The words of a delta in our shape, without its tool calls. */
export function openAIWords({
  role,
  content,
  refusal,
  reasoning: given,
  reasoning_content: other,
}: OpenAIDelta): Omit<ChunkDelta, 'tool_calls'> {
  const parts = typeof content === 'object' && content !== null ? content : undefined;
  const text = parts === undefined ? content : partText(parts, 'text');
  const reasoning = filled(given) ?? filled(other) ?? (parts === undefined ? undefined : partText(parts, 'thinking'));
  return {
    ...(typeof role === 'string' ? { role } : {}),
    ...(typeof text === 'string' || text === null ? { content: text } : {}),
    ...(typeof refusal === 'string' ? { refusal } : {}),
    ...(reasoning === undefined ? {} : { reasoning }),
  };
}
