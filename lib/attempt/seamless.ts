import { defer, map, type MonoTypeOperatorFunction } from 'rxjs';
import type { CompletionChunk } from '../domain/chunk';
import type { Batch } from './chunks';

/** Leaves out of what follows the white space that it begins with and that what came before has ended with: `cut`. */
export function seamless(cut: string): MonoTypeOperatorFunction<Batch> {
  return (batches$) =>
    defer(() => {
      let left = cut;
      const trimmed = (chunk: CompletionChunk): CompletionChunk => {
        const [choice] = chunk.choices;
        const content = choice?.delta.content;
        if (left === '' || choice === undefined || typeof content !== 'string' || content === '') return chunk;
        const shared = sharedLength(left, content);
        left = shared < content.length ? '' : left.slice(shared);
        return { ...chunk, choices: [{ ...choice, delta: { ...choice.delta, content: content.slice(shared) } }] };
      };
      return batches$.pipe(map((batch) => (left === '' ? batch : batch.map(trimmed))));
    });
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
