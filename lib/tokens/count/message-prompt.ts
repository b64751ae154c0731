import type { ContentPart, Message } from '../../domain/request';
import { textOfPart } from '../../domain/text-of-part';
import { mediaTokens } from './media-tokens';
import type { Prompt } from './prompt';
import type { TokenFamily } from './token-family';

/**
 * A call that the model made, beside its name and arguments: 3 at OpenAI, measured at gpt-4 (github.com/hmarr/openai-chat-tokens); elsewhere
 * the JSON or the tags around it, roughly.
 */
const perCall = { openai: 3, anthropic: 10, gemini: 5, template: 10 };

/**
 * What there is to count of one message.
 *
 * @param called the names of the functions that were called before, by the id of the call
 */
export function messagePrompt(
  message: Message,
  called: ReadonlyMap<string, string>,
  family: TokenFamily,
  model: string,
): Prompt {
  const { role, content, name, tool_calls: calls = [], tool_call_id: id, reasoning } = message;
  const texts: string[] = [];
  let tokens = family.rules === 'anthropic' && role === 'system' ? 0 : family.perMessage;
  for (const part of typeof content === 'string' ? [content] : (content ?? [])) {
    const text = typeof part === 'string' ? part : textOfPart(part);
    if (text === undefined) tokens += mediaTokens(part as Media, family, model);
    else texts.push(text);
  }
  for (const call of calls) {
    texts.push(call.function.name, call.function.arguments);
    tokens += perCall[family.rules];
  }
  if (reasoning !== undefined && reasoning !== null && family.rules !== 'openai') texts.push(reasoning);
  const author = role === 'tool' ? (name ?? called.get(id ?? '')) : name;
  if (author !== undefined) {
    texts.push(author);
    tokens += family.perName;
  }
  if (role === 'tool' && family.rules === 'openai') tokens -= 2; // as of a function's message, whose role is its name
  return { texts, tokens };
}

type Media = Exclude<ContentPart, { readonly type: 'text' }>;
