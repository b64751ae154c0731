import { Subject } from 'rxjs';
import type { Io } from '../../lib/cli/io';

export interface FakeIo extends Io {
  readonly interrupts$: Subject<unknown>;
  readonly terminations$: Subject<unknown>;
  readonly said: { out: string; err: string };
}

/** The world of a program that is not at a terminal: what it says is kept. */
export function fakeIo(env: Io['env'] = {}): FakeIo {
  const said = { out: '', err: '' };
  return {
    said,
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    isTerminal: false,
    env,
    interrupts$: new Subject(),
    terminations$: new Subject(),
  };
}
