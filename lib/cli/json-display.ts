import type { Display } from './display';
import type { Io } from './io';
import { timeLeft } from './progress-line';

/** How far a run is, as lines of JSON for a program that reads them: `{ type: 'progress', … }` once a second at most. */
export function jsonDisplay(total: number, io: Io): Display {
  let nextAt = 0;
  return {
    next: (progress) => {
      const now = performance.now();
      if (now < nextAt) return;
      nextAt = now + 1000;
      const etaMs = timeLeft(progress, total);
      tellJson(io, { type: 'progress', ...progress, total, ...(etaMs === undefined ? {} : { etaMs }) });
    },
    note: (line) => {
      tellJson(io, { type: 'note', note: line });
    },
    close: () => undefined,
  };
}

/** One line of JSON on standard output. */
export function tellJson(io: Io, value: object): void {
  io.out(`${JSON.stringify(value)}\n`);
}
