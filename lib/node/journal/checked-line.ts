import { JournalError } from '../../bulk/journal-error';
import type { Line } from '../lines';
import type { LineFormat, ReadLine } from './line-format';

/**
 * What a line of a journal says; `undefined` for the last one when it is not whole: the process was killed while it wrote it, and nobody
 * had its row. Throws a `JournalError` for whatever else is no line of ours.
 */
export function checkedLine(path: string, { number, text, isWhole }: Line, format: LineFormat): ReadLine | undefined {
  const place = `${path}: line ${String(number)}`;
  if (!isWhole) {
    if (number > 1 || text.startsWith(format.start) || format.start.startsWith(text)) return undefined;
    throw new JournalError('version', `${place} is not that of a journal: name another file`);
  }
  const record = parsed(text);
  if (record === undefined) {
    throw new JournalError(
      text.startsWith(format.start) ? 'damaged' : 'version',
      `${place} is not whole JSON, and not the last: repair or remove that line, its request is then sent again`,
    );
  }
  const read = format.fromRecord(record);
  if (read._tag === 'Left') throw new JournalError('version', `${place} is ${read.left}: name another file`);
  return read.right;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
