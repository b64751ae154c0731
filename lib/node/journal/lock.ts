import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeLockFile, removeLockFile } from './lock-file';
import { lockedBy } from './locked-by';

/** What makes a file one that this run alone may write to. */
export interface Lock {
  /** Resolves when it is taken. Rejects with a `JournalError` when another run has it. */
  readonly take: () => Promise<void>;
  /** Whoever wants it next in this process is to wait for `release` instead of being refused. */
  readonly leave: () => void;
  /** Lets the next one have it; nothing when it was not taken. */
  readonly release: () => Promise<void>;
}

interface Holder {
  isLeaving: boolean;
  readonly gone: Promise<void>;
}

const registry = Symbol.for('rx-fanout.locks');
const shared = globalThis as unknown as Record<symbol, Map<string, Holder> | undefined>;

/** In this process, by file; of all copies of this package. */
const holders = (shared[registry] ??= new Map<string, Holder>());

/** The lock of a file: `<path>.lock`, beside the file itself when the path is a link to it. */
export function lockOf(path: string): Lock {
  let letIn: () => void = () => undefined;
  const holder: Holder = { isLeaving: false, gone: new Promise((done) => (letIn = done)) };
  let taken: { readonly file: string; readonly content: string } | undefined;

  function forget(file: string): void {
    holders.delete(file);
    letIn();
  }

  return {
    take: async () => {
      const file = `${await realPath(path)}.lock`;
      for (let other = holders.get(file); other !== undefined; other = holders.get(file)) {
        if (!other.isLeaving) throw lockedBy('another run of this process', file, path);
        await other.gone;
      }
      holders.set(file, holder);
      try {
        taken = { file, content: await makeLockFile(file, path) };
      } catch (reason) {
        forget(file);
        throw reason;
      }
    },
    leave: () => {
      holder.isLeaving = true;
    },
    release: async () => {
      if (taken === undefined) return;
      const { file, content } = taken;
      taken = undefined;
      holder.isLeaving = true;
      try {
        await removeLockFile(file, content);
      } finally {
        forget(file);
      }
    },
  };
}

/** One name for a file, however it is spelled; it may not be there yet. */
async function realPath(path: string): Promise<string> {
  const whole = resolve(path);
  return realpath(whole).catch(async () =>
    join(await realpath(dirname(whole)).catch(() => dirname(whole)), basename(whole)),
  );
}
