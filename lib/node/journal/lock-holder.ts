import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as t from 'io-ts';
import { codeOf } from '../file-error';

/** A process, as it writes itself into a lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** When it began, where the system says so: numbers are used again, in a container the same one for every run. */
  readonly born?: string | undefined;
}

const Holder = t.intersection([t.type({ pid: t.Int, host: t.string }), t.partial({ born: t.string })]);

/** What this process writes into a lock: another text each time. */
export async function ownContent(): Promise<string> {
  const holder: LockHolder = { pid: process.pid, host: hostname(), born: (await stateOf(process.pid))?.born };
  return JSON.stringify({ ...holder, token: randomUUID() });
}

/** Who wrote a lock; `undefined`: it does not say. */
export function holderIn(content: string): LockHolder | undefined {
  try {
    const holder: unknown = JSON.parse(content);
    return Holder.is(holder) && holder.pid > 0 ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process may still be there: of one on another machine nobody can tell. */
export async function isThere({ pid, host, born }: LockHolder): Promise<boolean> {
  if (host !== hostname()) return true;
  if (!isRunning(pid)) return false;
  const now = await stateOf(pid);
  if (now === undefined) return pid !== process.pid; // the lock of this process would be known to it
  if (now.isZombie) return false; // killed, and not yet fetched by its parent, which in a container may be never
  return born === now.born || (born === undefined && pid !== process.pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (reason) {
    return codeOf(reason) !== 'ESRCH';
  }
}

/** Linux's word on a process (proc_pid_stat(5): its state is field 3, its start 22, in ticks since the boot); elsewhere there is none. */
async function stateOf(
  pid: number,
): Promise<{ readonly born: string | undefined; readonly isZombie: boolean } | undefined> {
  try {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // its name, before that, may have anything in it
    return { born: fields[19], isZombie: fields[0] === 'Z' };
  } catch {
    return undefined;
  }
}
