import { fromEvent } from 'rxjs';
import type { Io } from './io';

/** The world of a real process. */
export function processIo(): Io {
  return {
    out: (text) => {
      process.stdout.write(text);
    },
    err: (text) => {
      process.stderr.write(text);
    },
    isTerminal: process.stderr.isTTY,
    env: process.env,
    interrupts$: fromEvent(process, 'SIGINT'),
    terminations$: fromEvent(process, 'SIGTERM'),
  };
}
