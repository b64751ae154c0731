import type { Message } from '../../domain/request';
import { openAIAnswered } from './openai-answered';
import type { OpenAIDialect } from './openai-dialect';
import { withShortIds } from './with-short-ids';

/** The conversation in a server's dialect, and which of its fields the server cannot serve: those are left out. */
export function openAIMessages(
  given: readonly Message[],
  { names, developer, takesBack, shortIds }: OpenAIDialect,
): { readonly messages: readonly Message[]; readonly unserved: readonly string[] } {
  const unserved: string[] = [];
  const messages = given.map((message, i) => {
    const { name, ...rest } = openAIAnswered(message, takesBack);
    const role = developer === false && message.role === 'developer' ? 'system' : message.role;
    if (name === undefined) return { ...rest, role };
    if (names !== false) return { ...rest, role, name };
    unserved.push(`messages[${String(i)}].name`);
    return { ...rest, role };
  });
  return { messages: shortIds === true ? withShortIds(messages) : messages, unserved };
}
