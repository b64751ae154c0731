import type { Decoder } from 'io-ts';
import type { Message } from '../domain/request';
import { readText } from './read-text';

/** What a model is told whose answer could not be decoded: the answer, and what is wrong with it. Vendors refuse an empty answer: it is left out. */
export function correction(said: string, codec: Decoder<unknown, unknown>): readonly Message[] {
  const user: Message = { role: 'user', content: words(said, codec) };
  return said.trim() === '' ? [user] : [{ role: 'assistant', content: said }, user];
}

function words(said: string, codec: Decoder<unknown, unknown>): string {
  const read = readText(said, codec);
  const problems = read._tag === 'Left' ? read.left.map(({ told }) => `- ${told}\n`) : [];
  return `Your last answer cannot be used:\n${problems.join('')}Answer with the whole corrected JSON and nothing else.`;
}
