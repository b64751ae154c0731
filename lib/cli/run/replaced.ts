import { open, rename, rm, type FileHandle } from 'node:fs/promises';

/**
 * Writes a file anew: beside it, then in its place in one step, so that whoever looks finds the old one or the new one, whole. What is written
 * is forced to the disk before. Resolves to `undefined`, with the old file as it was, when `write` does.
 */
export async function replaced<A>(
  path: string,
  write: (file: FileHandle) => Promise<A | undefined>,
  mode = 0o600,
): Promise<A | undefined> {
  const beside = `${path}.tmp`;
  const file = await open(beside, 'w', mode);
  try {
    const written = await write(file);
    if (written === undefined) return undefined;
    await file.sync();
    await rename(beside, path);
    return written;
  } finally {
    await file.close();
    await rm(beside, { force: true });
  }
}
