import { JournalError } from '../../bulk/journal-error';
import type { Line } from '../lines';
import type { LineFormat, ReadLine } from './line-format';

/**
 * What a line of a journal says; `undefined` when it is a piece of one, as a process leaves it that was killed while it wrote. Throws a
 * `JournalError` for a line of something else: without a whole line before it, a piece is ours only if it begins as ours do.
 */
export function checkedLine(path: string, { number, text, isWhole }: Line, format: LineFormat): ReadLine | undefined {
  const record = isWhole ? parsed(text) : undefined;
  const isPiece = text.startsWith(format.start) || (!isWhole && format.start.startsWith(text));
  if (record === undefined && (number > 1 || isPiece)) return undefined;
  const read = record === undefined ? undefined : format.fromRecord(record);
  if (read?._tag === 'Right') return read.right;
  throw new JournalError(
    'version',
    `${path}: line ${String(number)} is ${read?.left ?? 'not that of a journal'}: name another file`,
  );
}

/** Not JSON: `undefined`. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
