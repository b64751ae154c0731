import { concat, defer, EMPTY, filter, map, of, type MonoTypeOperatorFunction } from 'rxjs';
import type { CompletionChunk } from '../domain/chunk';
import { hasContent } from '../domain/has-content';
import type { Batch } from './chunks';

/**
 * Keeps chunks back until the first with content, and gives them together with it: an attempt that fails before has then said
 * nothing, and another can take its place unseen. What never had content is given at the end.
 */
export function heldBack(): MonoTypeOperatorFunction<Batch> {
  return (batches$) =>
    defer(() => {
      let held: CompletionChunk[] | undefined = []; // added to in place: to copy it for each would be quadratic
      const release = (batch: Batch): Batch => {
        if (held === undefined) return batch;
        const isSilent = !batch.some(hasContent);
        for (const chunk of batch) held.push(chunk);
        if (isSilent) return [];
        const all = held;
        held = undefined;
        return all;
      };
      return concat(
        batches$.pipe(
          map(release),
          filter((batch) => batch.length > 0),
        ),
        defer(() => (held === undefined || held.length === 0 ? EMPTY : of(held))),
      );
    });
}
