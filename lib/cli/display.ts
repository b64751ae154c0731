import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../index';
import type { Io } from './io';
import { duration } from './told';
import { progressLine } from './progress-line';

/** Shows how far a run is, until it is closed. */
export interface Display {
  readonly next: (progress: Progress) => void;
  /** Shows one line, without spoiling what is shown besides. */
  readonly note: (line: string) => void;
  readonly close: () => void;
}

const everyMs = 2000;
const laterEveryMs = 10_000;
const laterMs = 60_000;

/** A bar at a terminal; elsewhere a line every two seconds, after a minute every ten. */
export function display(total: number, io: Io): Display {
  return io.isTerminal ? bar(total, io) : lines(total, io);
}

function bar(total: number, io: Io): Display {
  const format = '  {bar} {told}';
  let latest: readonly [done: number, told: string] = [0, ''];
  const shown = new SingleBar({ format, barsize: 20, hideCursor: true, stopOnComplete: false }, Presets.rect);
  shown.start(total, 0, { told: '' });
  let isOpen = true;
  const close = (): void => {
    if (isOpen) shown.stop();
    isOpen = false;
  };
  return {
    next: (progress) => {
      const told = progressLine(progress, total);
      latest = [progress.done, told];
      shown.update(progress.done, { told });
    },
    note: (line) => {
      const [done, told] = latest;
      shown.stop(); // it would draw over the line
      io.err(`  ${line}\n`);
      shown.start(total, done, { told });
    },
    close,
  };
}

function lines(total: number, io: Io): Display {
  const startedAt = performance.now();
  let nextAt = startedAt;
  return {
    next: (progress) => {
      const now = performance.now();
      if (now < nextAt || progress.done + progress.inFlight === 0) return; // before the first call a file may yet be refused
      nextAt = now + (now - startedAt < laterMs ? everyMs : laterEveryMs);
      io.err(`  ${duration(now - startedAt)}  ${progressLine(progress, total)}\n`);
    },
    note: (line) => {
      io.err(`  ${line}\n`);
    },
    close: () => undefined,
  };
}
