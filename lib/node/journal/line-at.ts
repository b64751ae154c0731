import { readSync } from 'node:fs';
import { JournalError } from '../../bulk/journal-error';
import { fileError } from '../file-error';
import type { LineFormat, ReadLine } from './line-format';

const lineFeed = 10;

/**
 * What the line says that begins at a place of an open journal. Synchronous: a lane waits for nothing else, and the page is in the
 * system's cache. Throws a `JournalError` when it is there no longer.
 */
export function lineAt(fd: number, at: number, path: string, format: LineFormat): ReadLine {
  const read = format.fromRecord(recordOf(textAt(fd, at, path), path));
  if (read._tag === 'Left') throw changed(path);
  return read.right;
}

function textAt(fd: number, at: number, path: string): string {
  try {
    for (let size = 4096; ; size *= 4) {
      const bytes = Buffer.allocUnsafe(size);
      const read = readSync(fd, bytes, 0, size, at);
      const end = bytes.subarray(0, read).indexOf(lineFeed);
      if (end !== -1) return bytes.toString('utf8', 0, end);
      if (read < size) return bytes.toString('utf8', 0, read);
    }
  } catch (reason) {
    throw fileError('unreadable', path, reason);
  }
}

function recordOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw changed(path);
  }
}

function changed(path: string): JournalError {
  return new JournalError(
    'damaged',
    `${path} was changed while a run had it: begin the run again, and leave it to the run`,
  );
}
