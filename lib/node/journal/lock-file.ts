import { createHash } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { codeOf, fileError } from '../file-error';
import { holderIn, isThere, ownContent } from './lock-holder';
import { lockedBy } from './locked-by';

/** A lock without a holder is one that is being written, or whose writer died in that moment. */
const graceMs = 2000;

/**
 * Makes the file of a lock, and gives what it wrote there. That of a process that is no more is taken over at once: a run that was killed
 * is to go on at once, where the packages for this go by the age of the file and would make it wait. Rejects with a `JournalError` when
 * another process has it.
 *
 * Of several that find such a file one alone may remove it, or the second would remove the lock of the first. That right is a lock as
 * well, named after the very content it removes.
 *
 * @param path what it is the lock of, for the message
 */
export async function makeLockFile(file: string, path: string): Promise<string> {
  const content = await ownContent();
  while (!(await made(file, content, path))) {
    const left = await abandoned(file, path);
    if (left === undefined) continue; // just removed
    const right = `${file}.${createHash('sha256').update(left).digest('hex').slice(0, 16)}`;
    const rightContent = await makeLockFile(right, path);
    try {
      if ((await abandoned(file, path)) === left) await rm(file, { force: true });
    } finally {
      await removeLockFile(right, rightContent);
    }
  }
  return content;
}

/** Removes the file of a lock if it is still the one that was made. */
export async function removeLockFile(file: string, content: string): Promise<void> {
  if ((await contentOf(file)) !== content) return;
  await rm(file, { force: true }).catch((reason: unknown) => {
    throw fileError('unwritable', file, reason);
  });
}

async function made(file: string, content: string, path: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx', mode: 0o600 });
  } catch (reason) {
    if (codeOf(reason) === 'EEXIST') return false;
    throw fileError('unwritable', path, reason);
  }
  return (await contentOf(file)) === content; // not if this process was held up for so long that it was taken for dead
}

/** What a lock says whose holder is no more; `undefined`: there is no lock. Throws when its holder may be there. */
async function abandoned(file: string, path: string): Promise<string | undefined> {
  const content = await contentOf(file);
  if (content === undefined) return undefined;
  const holder = holderIn(content);
  if (holder === undefined) {
    if ((await ageMs(file)) < graceMs) throw lockedBy('a run that is just beginning', file, path);
  } else if (await isThere(holder)) {
    throw lockedBy(`process ${String(holder.pid)} on ${holder.host}`, file, path);
  }
  return content;
}

async function ageMs(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0, // just removed
  );
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (reason) {
    if (codeOf(reason) === 'ENOENT') return undefined;
    throw fileError('unreadable', file, reason);
  }
}
