import { open } from 'node:fs/promises';
import { lockOf } from '../../node/journal/lock';
import { linesOf } from '../../node/lines';
import { outLine } from './out-line';
import { replaced } from './replaced';

/**
 * Takes the lines of failed requests, and a torn last one, out of an output file, so that each request has one line when they have been run
 * again. A file with a line that is not ours stays as it is: the journal will say what is wrong with it.
 */
export async function dropFailed(path: string): Promise<void> {
  const lock = lockOf(path);
  await lock.take();
  const file = await open(path, 'r');
  try {
    let kept: string[] = [];
    let dropped = 0;
    await replaced(path, async (copy) => {
      for await (const lines of linesOf(file)) {
        for (const { text, isWhole } of lines) {
          const line = isWhole ? outLine(text) : undefined;
          if (isWhole && line === undefined) return undefined;
          if (line === undefined || line.isFailure) dropped += 1;
          else kept.push(`${text}\n`);
        }
        await copy.appendFile(kept.join(''));
        kept = [];
      }
      return dropped === 0 ? undefined : dropped;
    });
  } finally {
    await file.close();
    await lock.release();
  }
}
