import { map, type OperatorFunction, pipe, toArray } from 'rxjs';

export interface CollectOptions {
  /** Rows in input order. Default true; false: in the order in which they finished. */
  readonly preserveOrder?: boolean | undefined;
}

/** All rows in one array, when the source completes. */
export function collect<T extends { readonly index: number }>({
  preserveOrder = true,
}: CollectOptions = {}): OperatorFunction<T, T[]> {
  if (!preserveOrder) return toArray();
  return pipe(
    toArray(),
    map((rows) => rows.sort((a, b) => a.index - b.index)),
  );
}
