import { readLines } from '../../node/batch/read-lines';
import { readCsv } from './read-csv';
import { isCsv } from './read-input';

/** How many requests `readInput` makes of a file: what is to be done, before anything is. */
export async function countRows(path: string): Promise<number> {
  let count = 0;
  if (isCsv(path)) {
    for await (const _ of readCsv(path, () => ({ _tag: 'Left', left: '' }))) count += 1;
    return count;
  }
  for await (const lines of readLines(path)) for (const { text } of lines) if (text.trim() !== '') count += 1;
  return count;
}
