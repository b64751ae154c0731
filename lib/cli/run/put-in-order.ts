import { open, type FileHandle } from 'node:fs/promises';
import { lockOf } from '../../node/journal/lock';
import { linesOf } from '../../node/lines';
import { outLine, type OutLine } from './out-line';
import { replaced } from './replaced';

type PlaceOf = (line: OutLine) => number;

/** Where lines are: three numbers each, for files of millions. */
interface Places {
  readonly at: number[];
  readonly end: number[];
  readonly index: number[];
}

const batchBytes = 1024 * 1024;

/**
 * Rewrites an output file in the order of the input.
 *
 * @param placeOf where a line's request is in the input; default: where it was when the line was written
 */
export async function putInOrder(path: string, placeOf: PlaceOf = ({ index }) => index): Promise<void> {
  const lock = lockOf(path);
  await lock.take();
  const file = await open(path, 'r').catch(async (reason: unknown) => {
    await lock.release();
    throw reason;
  });
  try {
    const { at, end, index } = await placesOf(file, placeOf);
    const order = Uint32Array.from(at.keys()).sort((a, b) => (index[a] ?? 0) - (index[b] ?? 0));
    await replaced(path, async (copy) => {
      let batch: Buffer[] = [];
      let size = 0;
      for (const line of order) {
        const [from = 0, to = 0] = [at[line], end[line]];
        const bytes = Buffer.allocUnsafe(to - from);
        await file.read(bytes, 0, bytes.length, from);
        batch.push(bytes);
        size += bytes.length;
        if (size < batchBytes) continue;
        await copy.appendFile(Buffer.concat(batch));
        [batch, size] = [[], 0];
      }
      await copy.appendFile(Buffer.concat(batch));
    });
  } finally {
    await file.close();
    await lock.release();
  }
}

async function placesOf(file: FileHandle, placeOf: PlaceOf): Promise<Places> {
  const places: Places = { at: [], end: [], index: [] };
  for await (const lines of linesOf(file)) {
    for (const { text, at, end, isWhole } of lines) {
      if (!isWhole) continue;
      places.at.push(at);
      places.end.push(end);
      const line = outLine(text);
      places.index.push(line === undefined ? 0 : placeOf(line));
    }
  }
  return places;
}
