import type { BodyProblem } from '../transport/transport';

/** Why a body, or an event, is not the JSON that it should be, as a sentence. */
export function unreadable({ kind, text }: BodyProblem, what = 'The body'): string {
  if (kind === 'empty') return `${what} is empty.`;
  if (kind === 'too-deep') return `${what} is nested too deep.`;
  if (kind === 'forbidden-key') return `${what} holds a key that could change prototypes.`;
  return /^\s*</.test(text) ? `${what} is an HTML page: check baseURL.` : `${what} is not JSON.`;
}
