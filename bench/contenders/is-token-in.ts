import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { isToken } from './streamed-exchange';

/** Whether the data of an event, as its text, brings a token; without any check of what it is. */
export function isTokenIn(data: string): boolean {
  if (data === '[DONE]') return false;
  const { choices } = JSON.parse(data) as ChatCompletionChunk;
  return isToken(choices[0]?.delta.content);
}
