import type { FileHandle } from 'node:fs/promises';
import { readLines } from '../../node/batch/read-lines';
import { lockOf } from '../../node/journal/lock';
import { outLine } from './out-line';
import { replaced } from './replaced';

/**
 * Takes the lines of failed requests, and a torn last one, out of an output file, so that each request has one line when they have been run
 * again. A file without such lines, or with a line that is not ours, stays as it is: the journal will say what is wrong with it.
 */
export async function dropFailed(path: string): Promise<void> {
  const lock = lockOf(path);
  await lock.take();
  try {
    if (await hasFailed(path)) await replaced(path, (copy) => copyAnswered(path, copy));
  } finally {
    await lock.release();
  }
}

async function hasFailed(path: string): Promise<boolean> {
  let found = false;
  for await (const lines of readLines(path)) {
    for (const { text, isWhole } of lines) {
      const line = outLine(text);
      if (isWhole && line === undefined) return false;
      found ||= line?.isFailure === true;
    }
  }
  return found;
}

async function copyAnswered(path: string, copy: FileHandle): Promise<void> {
  for await (const lines of readLines(path)) {
    const answered = lines.filter(({ text, isWhole }) => isWhole && outLine(text)?.isFailure === false);
    await copy.appendFile(answered.map(({ text }) => `${text}\n`).join(''));
  }
}
