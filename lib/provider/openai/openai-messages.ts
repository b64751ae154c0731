import type { Message } from '../../domain/request';
import type { OpenAIDialect } from './openai-dialect';

/** The conversation in a server's dialect, and which of its fields the server cannot serve: those are left out. */
export function openAIMessages(
  given: readonly Message[],
  { names, developer }: OpenAIDialect,
): { readonly messages: readonly Message[]; readonly unserved: readonly string[] } {
  if (names !== false && developer !== false) return { messages: given, unserved: [] };
  const unserved: string[] = [];
  const messages = given.map((message, i) => {
    const { name, ...rest } = message;
    const role = developer === false && message.role === 'developer' ? 'system' : message.role;
    if (names !== false || name === undefined) return { ...message, role };
    unserved.push(`messages[${String(i)}].name`);
    return { ...rest, role };
  });
  return { messages, unserved };
}
