/** Times by their length. */
export interface Histogram {
  readonly add: (ms: number) => void;
  /** The nearest rank, to within a hundredth; absent when nothing was added. */
  readonly quantile: (share: number) => number | undefined;
  /** Its columns without empty ones at either side: from where to where, and how many. */
  readonly columns: () => readonly Column[];
  /** Where a time is among the columns: 2.5 is the middle of the third one. */
  readonly placeOf: (ms: number) => number;
}

export interface Column {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

/** What is counted apart, in a doubling of the time: so fine that the middle of one is within a hundredth of all in it. */
const stepsADoubling = 64;
/** What a chart has room for. */
const columnsADoubling = 8;
const stepsAColumn = stepsADoubling / columnsADoubling;

/** Columns whose width grows with the times, so that a millisecond and an hour both show: constant memory, whatever is added. */
export function histogram(): Histogram {
  const counts = new Map<number, number>();
  let size = 0;
  const startOf = (step: number): number => 2 ** (step / stepsADoubling);
  const columnOf = (step: number): number => Math.floor(step / stepsAColumn);

  return {
    add: (ms) => {
      const step = Math.floor(Math.log2(Math.max(ms, 1)) * stepsADoubling);
      counts.set(step, (counts.get(step) ?? 0) + 1);
      size += 1;
    },
    quantile: (share) => {
      let left = Math.max(1, Math.ceil(share * size));
      for (const step of [...counts.keys()].sort((a, b) => a - b)) {
        left -= counts.get(step) ?? 0;
        if (left <= 0) return startOf(step + 0.5);
      }
      return undefined;
    },
    columns: () => {
      if (size === 0) return [];
      const byColumn = new Map<number, number>();
      for (const [step, n] of counts) byColumn.set(columnOf(step), (byColumn.get(columnOf(step)) ?? 0) + n);
      const [first, last] = [Math.min(...byColumn.keys()), Math.max(...byColumn.keys())];
      return Array.from({ length: last - first + 1 }, (_, i) => ({
        fromMs: startOf((first + i) * stepsAColumn),
        toMs: startOf((first + i + 1) * stepsAColumn),
        count: byColumn.get(first + i) ?? 0,
      }));
    },
    placeOf: (ms) => Math.log2(Math.max(ms, 1)) * columnsADoubling - columnOf(Math.min(...counts.keys())),
  };
}
