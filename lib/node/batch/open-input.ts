import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from '../file-error';

/** Opens a file that a person has named. Rejects in one line when there is none, or it cannot be read. */
export async function openInput(path: string): Promise<FileHandle> {
  const file = await open(path, 'r').catch((reason: unknown) => {
    throw new Error(messageOf(path, codeOf(reason)), { cause: reason });
  });
  if (!(await file.stat()).isDirectory()) return file;
  await file.close();
  throw new Error(`${path} is a folder: name a file`);
}

function messageOf(path: string, code: string | undefined): string {
  if (code === 'ENOENT') return `there is no file ${path}`;
  return `${path} cannot be read (${code === 'EACCES' ? 'EACCES: its rights do not allow it' : String(code)})`;
}
