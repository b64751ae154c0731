import { openSync } from 'node:fs';
import { from, lastValueFrom } from 'rxjs';
import { fileJournal, type Journal, type JournalError } from '../../lib/node/index';
import { entryOf } from './entry-of';

/** What a process of its own with a journal is told; it answers each with a `Done`, but for `flood`. */
export type Command =
  | { readonly do: 'load'; readonly path: string }
  | { readonly do: 'close' }
  /** Writes until it cannot, and tells the number of each entry that is written. */
  | { readonly do: 'flood' }
  /** Opens files until there may be no more. */
  | { readonly do: 'exhaust' };

export interface Done {
  /** Absent: it worked. */
  readonly failed?: Pick<JournalError, 'name' | 'problem' | 'code' | 'message'>;
  readonly written?: number;
}

let journal: Journal | undefined;
const tell = (done: Done): void => void process.send?.(done);
const ended = (of: ReturnType<NonNullable<Journal['close']>>): Promise<unknown> =>
  lastValueFrom(from(of), { defaultValue: undefined });

async function carryOut(command: Command): Promise<void> {
  if (command.do === 'load') {
    journal = fileJournal(command.path);
    await ended(journal.load());
  }
  if (command.do === 'close') await ended(journal!.close!());
  if (command.do === 'exhaust') {
    try {
      for (;;) openSync('/dev/null', 'r');
    } catch {
      // That was the last one.
    }
  }
}

async function flood(lane: number): Promise<void> {
  for (let i = lane; ; i += 8) {
    await ended(journal!.append(entryOf(`row ${String(i)} ${'ü'.repeat(i % 700)}`)));
    tell({ written: i });
  }
}

function tellFailure(reason: unknown): void {
  const { name, problem, code, message } = reason as JournalError;
  tell({ failed: { name, problem, code, message } });
}

process.on('SIGXFSZ', () => undefined); // a file that is too large for the limit ends the process, unless it wants to hear of it
process.on('message', (command: Command) => {
  if (command.do === 'flood') for (let lane = 0; lane < 8; lane++) flood(lane).catch(tellFailure);
  else
    carryOut(command).then(() => {
      tell({});
    }, tellFailure);
});
