import { randomUUID } from 'node:crypto';
import { readFile, rename, link, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { JournalError } from '../../bulk/journal-error';
import { codeOf, fileError } from '../file-error';

/** A file that this process alone may write to. */
export interface Lock {
  /** Whoever wants it next in this process is to wait for `release` instead of being refused. */
  readonly leave: () => void;
  readonly release: () => Promise<void>;
}

interface Holder {
  isLeaving: boolean;
  readonly gone: Promise<void>;
}

const registry = Symbol.for('rx-fanout.locks');
const shared = globalThis as unknown as Record<symbol, Map<string, Holder> | undefined>;

/** In this process, by path; of all copies of this package. */
const holders = (shared[registry] ??= new Map<string, Holder>());

/** A lock without content is one that is being written, or whose writer died in that moment. */
const graceMs = 2000;

/**
 * Takes the lock of a file: `<path>.lock`, with the process that holds it. That of a process of this machine that is no more is taken
 * over at once, since a run that was killed is to go on at once; kept packages go by the age of the lock and would make it wait. Rejects
 * with a `JournalError` when another run has it.
 */
export async function takeLock(path: string): Promise<Lock> {
  const lock = `${resolve(path)}.lock`;
  for (let holder = holders.get(lock); holder !== undefined; holder = holders.get(lock)) {
    if (!holder.isLeaving) throw locked(path, lock, 'another run of this process');
    await holder.gone;
  }
  let letIn: () => void = () => undefined;
  const holder: Holder = { isLeaving: false, gone: new Promise((done) => (letIn = done)) };
  holders.set(lock, holder);
  const forget = (): void => {
    holders.delete(lock);
    letIn();
  };
  try {
    const content = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
    while (!(await made(lock, content, path))) await moveAway(lock, path);
    return {
      leave: () => {
        holder.isLeaving = true;
      },
      release: async () => {
        holder.isLeaving = true;
        if ((await contentOf(lock)) === content) await unlink(lock);
        forget();
      },
    };
  } catch (reason) {
    forget();
    throw reason;
  }
}

async function made(lock: string, content: string, path: string): Promise<boolean> {
  try {
    await writeFile(lock, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (reason) {
    if (codeOf(reason) === 'EEXIST') return false;
    throw fileError('unwritable', path, reason);
  }
}

/** Removes a lock whose holder is no more; refuses when it may be there. */
async function moveAway(lock: string, path: string): Promise<void> {
  const seen = await contentOf(lock);
  if (seen === undefined) return;
  const holder = await holderOf(lock, seen);
  if (holder !== undefined) throw locked(path, lock, holder);
  const aside = `${lock}.${randomUUID()}`;
  try {
    await rename(lock, aside);
  } catch (reason) {
    if (codeOf(reason) === 'ENOENT') return; // somebody else was first
    throw fileError('unwritable', path, reason);
  }
  if ((await contentOf(aside)) !== seen) await link(aside, lock).catch(() => undefined); // theirs, who were first: put back
  await unlink(aside);
}

async function contentOf(lock: string): Promise<string | undefined> {
  try {
    return await readFile(lock, 'utf8');
  } catch {
    return undefined;
  }
}

/** Who has the lock; `undefined`: nobody that is still there. */
async function holderOf(lock: string, content: string): Promise<string | undefined> {
  const { pid, host } = parsed(content);
  if (typeof pid !== 'number' || typeof host !== 'string') {
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => Infinity,
    );
    return age < graceMs ? 'another process, which is just starting' : undefined;
  }
  if (host !== hostname()) return `process ${String(pid)} on ${host}`;
  return pid !== process.pid && isAlive(pid) ? `process ${String(pid)}` : undefined; // our own pid, and not ours: it was used before
}

function parsed(content: string): { readonly pid?: unknown; readonly host?: unknown } {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (reason) {
    return codeOf(reason) !== 'ESRCH';
  }
}

function locked(path: string, lock: string, holder: string): JournalError {
  return new JournalError(
    'locked',
    `${path} is written to by ${holder}: wait for its end, or if there is no such run remove ${lock}`,
  );
}
