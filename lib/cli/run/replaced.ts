import { open, rename, rm, type FileHandle } from 'node:fs/promises';

/**
 * Writes a file anew: beside it, then in its place in one step, so that whoever looks finds the old one or the new one, whole. What is written
 * is forced to the disk before. When `write` fails, the old file is as it was.
 *
 * @param mode its rights, where it is not the owner's alone
 */
export async function replaced(path: string, write: (file: FileHandle) => Promise<void>, mode = 0o600): Promise<void> {
  const beside = `${path}.tmp`;
  const file = await open(beside, 'w', mode);
  try {
    await write(file);
    await file.sync();
    await rename(beside, path);
  } finally {
    await file.close();
    await rm(beside, { force: true });
  }
}
