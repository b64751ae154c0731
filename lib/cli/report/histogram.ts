/** Times by their length. */
export interface Histogram {
  readonly add: (ms: number) => void;
  readonly size: () => number;
  /** The nearest rank, to within a tenth: the upper end of its column. */
  readonly quantile: (share: number) => number;
  /** Its columns without empty ones at either side: from where to where, and how many. */
  readonly columns: () => readonly { readonly fromMs: number; readonly toMs: number; readonly count: number }[];
}

/** Columns a doubling. */
const columnsADoubling = 8;

/** Columns whose width grows with the times, so that a millisecond and an hour both show: constant memory, whatever is added. */
export function histogram(): Histogram {
  const counts = new Map<number, number>();
  let size = 0;
  const startOf = (column: number): number => 2 ** (column / columnsADoubling);

  return {
    add: (ms) => {
      const column = Math.floor(Math.log2(Math.max(ms, 1)) * columnsADoubling);
      counts.set(column, (counts.get(column) ?? 0) + 1);
      size += 1;
    },
    size: () => size,
    quantile: (share) => {
      let left = Math.max(1, Math.ceil(share * size));
      for (const column of [...counts.keys()].sort((a, b) => a - b)) {
        left -= counts.get(column) ?? 0;
        if (left <= 0) return startOf(column + 1);
      }
      return 0;
    },
    columns: () => {
      if (size === 0) return [];
      const [first, last] = [Math.min(...counts.keys()), Math.max(...counts.keys())];
      return Array.from({ length: last - first + 1 }, (_, i) => ({
        fromMs: startOf(first + i),
        toMs: startOf(first + i + 1),
        count: counts.get(first + i) ?? 0,
      }));
    },
  };
}
