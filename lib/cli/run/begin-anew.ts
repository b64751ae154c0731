import { realpath, rm } from 'node:fs/promises';
import { lockOf } from '../../node/journal/lock';

/** Removes an output file, where a link leads if it is one. Rejects with a `JournalError`, and leaves it, when another run is writing to it. */
export async function beginAnew(path: string): Promise<void> {
  const lock = lockOf(path);
  await lock.take();
  try {
    await rm(await realpath(path));
  } finally {
    await lock.release();
  }
}
