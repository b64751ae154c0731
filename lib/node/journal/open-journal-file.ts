import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { JournalError } from '../../bulk/journal-error';
import { fileError } from '../file-error';

/** Opens a file to be read and written, and makes it, for its owner alone, if it is not there. Rejects with a `JournalError`. */
export async function openJournalFile(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600).catch((reason: unknown) => {
    throw fileError('unwritable', path, reason);
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new JournalError('unwritable', `${path} is no file but a device or a pipe: name a file`); // some of them never end
}

/** Ends a file where its last whole line does. Rejects with a `JournalError`. */
export async function cutOff(file: FileHandle, path: string, end: number): Promise<void> {
  try {
    if ((await file.stat()).size > end) await file.truncate(end);
  } catch (reason) {
    throw fileError('unwritable', path, reason);
  }
}
