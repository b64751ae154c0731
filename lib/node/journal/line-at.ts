import { readSync } from 'node:fs';

const lineFeed = 10;

/** The line that begins at a place of an open file. Synchronous: a lane waits for nothing else, and the page is in the system's cache. */
export function lineAt(fd: number, at: number): string {
  for (let size = 4096; ; size *= 4) {
    const bytes = Buffer.allocUnsafe(size);
    const read = readSync(fd, bytes, 0, size, at);
    const end = bytes.subarray(0, read).indexOf(lineFeed);
    if (end !== -1) return bytes.toString('utf8', 0, end);
    if (read < size) return bytes.toString('utf8', 0, read);
  }
}
