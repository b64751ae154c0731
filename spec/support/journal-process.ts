import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fromEvent, type Observable } from 'rxjs';
import type { Command, Done } from './journal-program';

export interface JournalProcess {
  readonly pid: number;
  readonly tell: (command: Command) => void;
  readonly ask: (command: Command) => Promise<Done>;
  /** What it tells by itself. */
  readonly told$: Observable<Done>;
  /** SIGKILL; resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

/** A process of its own that has a journal; `limit`: of what it may use, for `ulimit`. Every one of them ends with the spec. */
export function journalProcesses(): (limit?: string) => JournalProcess {
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });
  return (limit = '-n 512') => {
    const node = [process.execPath, '--import', 'tsx', join(__dirname, 'journal-program.ts')];
    const child = spawn('sh', ['-c', `ulimit ${limit}; exec "$@"`, 'sh', ...node], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, TSX_DISABLE_CACHE: '1' }, // it would meet the limit as well
    });
    started.push(child);
    return {
      pid: child.pid!,
      tell: (command) => void child.send(command),
      ask: async (command) => {
        child.send(command);
        const [done] = (await once(child, 'message')) as [Done];
        return done;
      },
      told$: fromEvent(child, 'message', (done: Done) => done),
      kill: async () => {
        child.kill('SIGKILL');
        await once(child, 'exit');
      },
    };
  };
}
