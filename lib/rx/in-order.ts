import { defer, ignoreElements, merge, type MonoTypeOperatorFunction, Subject, tap } from 'rxjs';

/**
 * Puts rows back in the order of their `index`, each as soon as all before it are out. Rows that wait for an earlier one
 * are held without bound; those whose predecessors never come (a filter took them) follow in order when the source completes. Only the
 * first row of an index has a place: a further one (of another group, in `ensemble$`, whose own `order: 'input'` knows better) passes at once.
 */
export function inOrder<T extends { readonly index: number }>(): MonoTypeOperatorFunction<T> {
  return (rows$) =>
    defer(() => {
      const ordered$ = new Subject<T>(); // an inner stream for each row, as `concatMap` makes them, would double the cost
      const early = new Map<number, T>();
      let next = 0;
      let releasing = false;
      let ended = false;

      function release(): void {
        if (releasing) return; // called from inside a row's `next`: it is that row's turn first
        releasing = true;
        for (let row = early.get(next); row !== undefined; row = early.get(next)) {
          early.delete(next++);
          ordered$.next(row);
        }
        releasing = false;
        if (ended) finish();
      }

      function finish(): void {
        for (const row of [...early.values()].sort((a, b) => a.index - b.index)) ordered$.next(row);
        ordered$.complete();
      }

      const feed$ = rows$.pipe(
        tap({
          next: (row) => {
            if (row.index < next || early.has(row.index)) {
              ordered$.next(row);
              return;
            }
            early.set(row.index, row);
            release();
          },
          complete: () => {
            ended = true;
            release();
          },
        }),
        ignoreElements(),
      );
      return merge(ordered$, feed$);
    });
}
