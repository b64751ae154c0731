import type { Message } from '../../domain/request';
import { openAIAnswered } from './openai-answered';
import type { OpenAIDialect } from './openai-dialect';
import { withShortIds } from './with-short-ids';

/** The conversation in a server's dialect, without what the server cannot serve. */
export function openAIMessages(
  given: readonly Message[],
  { names, developer, takesBack, shortIds }: OpenAIDialect,
): readonly Message[] {
  const messages = given.map((message) => {
    const { name, ...rest } = openAIAnswered(message, takesBack);
    const role = developer === false && message.role === 'developer' ? 'system' : message.role;
    return name === undefined || names === false ? { ...rest, role } : { ...rest, role, name };
  });
  return shortIds === true ? withShortIds(messages) : messages;
}
