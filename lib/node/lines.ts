import type { FileHandle } from 'node:fs/promises';

/** A line of a file, without its end. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Where it begins (bytes). */
  readonly at: number;
  /** Where the next one begins. */
  readonly end: number;
  readonly text: string;
  /** Whether its end is there: the last one may have none. */
  readonly isWhole: boolean;
}

const lineFeed = 10;
const chunkBytes = 256 * 1024;

/** The lines of a file that was just opened, as many at a time as a read brings. Holds one read and one line, however long the file is. */
export async function* linesOf(file: FileHandle): AsyncGenerator<readonly Line[], void> {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let rest: Buffer[] = []; // of a line whose end has not come
  let [number, at] = [1, 0];
  const lineOf = (last: Buffer, isWhole: boolean): Line => {
    const bytes = rest.length === 0 ? last : Buffer.concat([...rest, last]);
    const end = at + bytes.length + (isWhole ? 1 : 0);
    const line = { number: number++, at, end, text: bytes.toString('utf8'), isWhole };
    at = end;
    rest = [];
    return line;
  };

  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, null); // from where it stands: a pipe has no other places
    if (bytesRead === 0) break;
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1 && end < bytesRead; end = chunk.indexOf(lineFeed, from)) {
      lines.push(lineOf(chunk.subarray(from, end), true));
      from = end + 1;
    }
    if (from < bytesRead) rest.push(Buffer.from(chunk.subarray(from, bytesRead))); // a copy: the next read overwrites it
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0) yield [lineOf(Buffer.alloc(0), false)];
}
