import { open, type FileHandle } from 'node:fs/promises';
import { lockOf } from '../../node/journal/lock';
import { linesOf } from '../../node/lines';
import { outLine } from './out-line';
import { replaced } from './replaced';

/** Where lines are: three numbers each, for files of millions. */
interface Places {
  readonly at: number[];
  readonly end: number[];
  readonly index: number[];
}

const batchBytes = 1024 * 1024;

/** Rewrites an output file in the order of the input. */
export async function putInOrder(path: string): Promise<void> {
  const lock = lockOf(path);
  await lock.take();
  const file = await open(path, 'r').catch(async (reason: unknown) => {
    await lock.release();
    throw reason;
  });
  try {
    const { at, end, index } = await placesOf(file);
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

async function placesOf(file: FileHandle): Promise<Places> {
  const places: Places = { at: [], end: [], index: [] };
  for await (const lines of linesOf(file)) {
    for (const { text, at, end, isWhole } of lines) {
      if (!isWhole) continue;
      places.at.push(at);
      places.end.push(end);
      places.index.push(outLine(text)?.index ?? 0);
    }
  }
  return places;
}
