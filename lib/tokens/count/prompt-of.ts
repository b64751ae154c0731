import type { Message } from '../../domain/request';
import type { CountedRequest } from './counted-request';
import { messagePrompt } from './message-prompt';
import type { Prompt } from './prompt';
import type { TokenFamily } from './token-family';
import { toolsPrompt } from './tools-prompt';

/** All that a vendor counts of a request. O(messages); no text is read. */
export function promptOf(request: CountedRequest, family: TokenFamily, model: string): Prompt {
  const texts: string[] = [];
  let tokens = family.perRequest;
  const add = (prompt: Prompt) => {
    for (const text of prompt.texts) texts.push(text);
    tokens += prompt.tokens;
  };
  const called = new Map<string, string>();
  for (const message of messagesOf(request, family)) {
    for (const call of message.tool_calls ?? []) called.set(call.id, call.function.name);
    add(messagePrompt(message, called, family, model));
  }
  add(toolsPrompt(request, family, model));
  const schema = request.response_format?.['json_schema'];
  if (schema !== undefined) texts.push(JSON.stringify(schema)); // an estimate: no vendor says how it is shown to the model
  return { texts, tokens };
}

/** OpenAI writes its functions behind the first system message, on a line of their own. */
function messagesOf({ messages, tools = [] }: CountedRequest, { rules }: TokenFamily): readonly Message[] {
  if (tools.length === 0 || rules !== 'openai') return messages;
  const first = messages.findIndex(({ role }) => role === 'system' || role === 'developer');
  return messages.map((message, index) => {
    const { content } = message;
    const isOpen = index === first && typeof content === 'string' && content !== '' && !content.endsWith('\n');
    return isOpen ? { ...message, content: `${content}\n` } : message;
  });
}
