import { accumulator } from '../../lib/domain/accumulator';
import type { CompletionChunk } from '../../lib/domain/chunk';
import type { Completion } from '../../lib/domain/completion';

/** The answer that chunks make up. */
export function answerIn(chunks: readonly CompletionChunk[]): Completion {
  const whole = accumulator();
  chunks.forEach(whole.add);
  const completion = whole.completion();
  if (completion === undefined) throw new Error('no choice has begun');
  return completion;
}
