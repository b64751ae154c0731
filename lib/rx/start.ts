/**
 * Begins the work on one item. It calls `done` once, now or later, with the item's row, and gives back what aborts the
 * work. It never fails: a failure is a row.
 */
export type Start<T, R> = (item: T, index: number, waitedMs: number, done: (row: R) => void) => () => void;
