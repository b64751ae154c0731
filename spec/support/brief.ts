import type { Completion } from '../../lib/domain/completion';
import type { CompletionError } from '../../lib/domain/error';
import type { FanoutResult } from '../../lib/domain/result';

/** A row in a word: its answer's text, or `!` and the tag of its failure, with the phase of a timeout. */
export function brief({ outcome }: FanoutResult<unknown, Completion, CompletionError>): string {
  if (outcome._tag === 'Right') return String(outcome.right.choices[0].message.content);
  const error = outcome.left;
  return error._tag === 'Timeout' ? `!Timeout ${error.phase}` : `!${error._tag}`;
}
