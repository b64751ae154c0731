import { defer, last, map, tap, type OperatorFunction } from 'rxjs';
import { accumulator } from './domain/accumulator';
import type { CompletionChunk } from './domain/chunk';
import type { Completion } from './domain/completion';
import { completionError } from './domain/error';

/**
 * Turns the chunks of one answer into the `Completion` that would have come in one piece: texts and tool-call arguments joined, choices
 * and calls in their order, usage and finish reasons. Emits once, when the source completes. Errors when the source does, and with
 * `InvalidResponse` when there was no choice in it.
 *
 * @example router.stream$('Name a red fruit').pipe(accumulate())
 */
export function accumulate(): OperatorFunction<CompletionChunk, Completion> {
  return (chunks$) =>
    defer(() => {
      const whole = accumulator();
      return chunks$.pipe(
        tap(whole.add),
        last(null, undefined),
        map(() => {
          const completion = whole.completion();
          if (completion !== undefined) return completion;
          throw completionError({ _tag: 'InvalidResponse', detail: 'The stream held no choice.' });
        }),
      );
    });
}
