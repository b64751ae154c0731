import type { FileHandle } from 'node:fs/promises';
import { JournalError } from '../../bulk/journal-error';
import { fileError } from '../file-error';
import { type Line, linesOf } from '../lines';
import { checkedLine } from './checked-line';
import type { LineFormat, ReadLine } from './line-format';

/** A line and its place in the file (bytes). */
export interface JournalLine {
  readonly at: number;
  /** Where the next one begins. */
  readonly end: number;
  readonly read: ReadLine;
}

/**
 * The whole lines of a journal, as many at a time as a read brings. A last one that is not whole is left out: nobody had its row. Throws
 * a `JournalError` at any other line that is not whole, or not ours. Changes nothing.
 */
export async function* journalLines(
  file: FileHandle,
  path: string,
  format: LineFormat,
): AsyncGenerator<readonly JournalLine[], void> {
  let piece: Line | undefined;
  for await (const lines of readable(file, path)) {
    const whole: JournalLine[] = [];
    for (const line of lines) {
      if (piece !== undefined) throw damaged(path, piece.number);
      const read = checkedLine(path, line, format);
      if (read === undefined) piece = line;
      else whole.push({ at: line.at, end: line.end, read });
    }
    yield whole;
  }
}

async function* readable(file: FileHandle, path: string): ReturnType<typeof linesOf> {
  try {
    yield* linesOf(file);
  } catch (reason) {
    throw fileError('unreadable', path, reason);
  }
}

function damaged(path: string, number: number): JournalError {
  return new JournalError(
    'damaged',
    `${path}: line ${String(number)} is not whole JSON, and not the last: repair or remove that line, its request is then sent again`,
  );
}
