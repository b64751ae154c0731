import type { Message } from '../../domain/request';
import type { OpenAIDialect } from './openai-dialect';

/** An earlier answer with nothing in it that the server does not take back; other messages are as they are. */
export function openAIAnswered(message: Message, takesBack: OpenAIDialect['takesBack']): Message {
  if (takesBack === undefined || message.role !== 'assistant') return message;
  const { reasoning, tool_calls: calls = [], ...rest } = message;
  return {
    ...(takesBack === 'nothing' ? {} : { [takesBack]: reasoning ?? '' }),
    ...rest,
    ...(calls.length === 0 ? {} : { tool_calls: calls.map(({ extra_content: _extra, ...call }) => call) }),
  };
}
