import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from '../file-error';
import { type Line, linesOf } from '../lines';

/** The lines of a file that a person has named. Opened when the first is asked for, closed at the end or when the reader leaves. */
export async function* readLines(path: string): AsyncGenerator<readonly Line[], void> {
  const file = await opened(path);
  try {
    yield* linesOf(file);
  } finally {
    await file.close();
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'r');
    if ((await file.stat()).isDirectory()) {
      await file.close();
      throw new Error(`${path} is a folder: name a file`);
    }
    return file;
  } catch (reason) {
    if (codeOf(reason) === undefined) throw reason;
    const isMissing = codeOf(reason) === 'ENOENT';
    const message = isMissing ? `there is no file ${path}` : `${path} cannot be read (${codeOf(reason) ?? ''})`;
    throw new Error(message, { cause: reason });
  }
}
