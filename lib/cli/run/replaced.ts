import { open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { isJournalError } from '../../index';
import { codeOf, fileError } from '../../node/file-error';

/**
 * Writes a file anew: beside it, then in its place in one step, so that whoever looks finds the old one or the new one, whole. What is written
 * is forced to the disk before. When `write` fails, the old file is as it was.
 *
 * @param mode its rights, where it is not the owner's alone
 */
export async function replaced(path: string, write: (file: FileHandle) => Promise<void>, mode = 0o600): Promise<void> {
  const whole = await realpath(path).catch(() => path); // a link stays one
  const beside = `${whole}.rx-fanout-new`; // a name that nobody else has
  try {
    await rm(beside, { force: true }); // of one that was killed
    await written(beside, whole, write, mode);
  } catch (reason) {
    throw codeOf(reason) === undefined || isJournalError(reason) ? reason : fileError('unwritable', beside, reason);
  }
}

async function written(
  beside: string,
  whole: string,
  write: (file: FileHandle) => Promise<void>,
  mode: number,
): Promise<void> {
  const file = await open(beside, 'wx', mode);
  try {
    await write(file);
    await file.sync();
    await rename(beside, whole);
  } finally {
    await file.close();
    await rm(beside, { force: true });
  }
}
