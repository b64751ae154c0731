import type { BodyProblem } from '../transport/transport';

/** Why a body is not the JSON that it should be, as a sentence. */
export function unreadable({ kind, text }: BodyProblem): string {
  if (kind === 'empty') return 'The body is empty.';
  if (kind === 'too-deep') return 'The body is nested too deep.';
  if (kind === 'forbidden-key') return 'The body holds a key that could change prototypes.';
  return /^\s*</.test(text) ? 'The body is an HTML page: check baseURL.' : 'The body is not JSON.';
}
