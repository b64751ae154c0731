/** What happened at one deployment in one stretch of time. */
export interface Cell {
  /** The times of all calls under way in it, added up (ms): divided by its length, how many there were. */
  busyMs: number;
  failed: number;
  throttled: number;
  tokens: number;
  /** USD. */
  cost: number;
}

/** A stretch of time as it is added to. */
export interface TimeLine {
  /** The length of a stretch (ms). */
  readonly everyMs: () => number;
  /** Adds a call that began at `from` and ended at `to` (ms): its time to the stretches that it touches, all else to that of its end. */
  readonly add: (deployment: string, from: number, to: number, what: Omit<Cell, 'busyMs'>) => void;
  /** By stretch, the first one first; those in which nothing happened are not there. */
  readonly read: () => readonly (readonly [stretch: number, cells: ReadonlyMap<string, Cell>])[];
}

const most = 600;

/** Calls by stretches of time, at first of 100 ms; twice as long whenever there are more than 600 of them, so that a run of days fits as well. */
export function timeLine(): TimeLine {
  let everyMs = 100;
  let stretches = new Map<number, Map<string, Cell>>();

  function cellAt(stretch: number, deployment: string): Cell {
    const cells = stretches.get(stretch) ?? new Map<string, Cell>();
    stretches.set(stretch, cells);
    const cell = cells.get(deployment) ?? { busyMs: 0, failed: 0, throttled: 0, tokens: 0, cost: 0 };
    cells.set(deployment, cell);
    return cell;
  }

  function coarsen(): void {
    const fine = stretches;
    everyMs *= 2;
    stretches = new Map();
    for (const [stretch, cells] of fine) {
      for (const [deployment, cell] of cells) addTo(cellAt(Math.floor(stretch / 2), deployment), cell);
    }
  }

  return {
    everyMs: () => everyMs,
    add: (deployment, from, to, what) => {
      while ((to - from) / everyMs > most) coarsen();
      for (let stretch = Math.floor(from / everyMs); stretch * everyMs <= to; stretch++) {
        const [begin, end] = [Math.max(from, stretch * everyMs), Math.min(to, (stretch + 1) * everyMs)];
        cellAt(stretch, deployment).busyMs += end - begin;
      }
      addTo(cellAt(Math.floor(to / everyMs), deployment), { busyMs: 0, ...what });
      while (stretches.size > most) coarsen();
    },
    read: () => [...stretches].sort(([a], [b]) => a - b),
  };
}

function addTo(cell: Cell, { busyMs, failed, throttled, tokens, cost }: Cell): void {
  cell.busyMs += busyMs;
  cell.failed += failed;
  cell.throttled += throttled;
  cell.tokens += tokens;
  cell.cost += cost;
}
