import { open, type FileHandle, unlink } from 'node:fs/promises';
import { defer, type Observable, throwError } from 'rxjs';
import { codeOf, fileError } from '../file-error';
import { type LineWriter, lineWriter } from '../journal/line-writer';

/** The files that a batch's rows go to. */
export interface BatchOutput {
  /** Resolves when they are there; rejects when one of them cannot be, and then none is. */
  readonly opened: Promise<void>;
  /** Completes when the line is written. */
  readonly written$: (line: string, isFailure: boolean) => Observable<never>;
  /** Resolves when all is on the disk and the files are closed. Also of files that are still being opened; it may be called twice. */
  readonly close: () => Promise<void>;
}

interface OutputFile {
  readonly path: string;
  readonly file: FileHandle;
  readonly writer: LineWriter;
}

/** @param errors where failures go; default: to the others */
export function batchOutput(path: string, errors: string | undefined, overwrite: boolean): BatchOutput {
  const files: OutputFile[] = [];
  let closed: Promise<void> | undefined;

  async function openAll(): Promise<void> {
    try {
      for (const name of errors === undefined ? [path] : [path, errors]) files.push(await create(name, overwrite));
    } catch (reason) {
      for (const { file, path: name } of files.splice(0)) {
        await file.close();
        if (!overwrite) await unlink(name); // or the next run would be told that it exists
      }
      throw reason;
    }
  }

  async function closeAll(): Promise<void> {
    await opened.catch(() => undefined); // whoever waits for it is told
    const ends = await Promise.allSettled(files.map(ended));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  const opened = openAll();
  return {
    opened,
    written$: (line, isFailure) =>
      defer(() => {
        const output = (isFailure ? files[1] : undefined) ?? files[0];
        return output === undefined ? throwError(() => new Error(`${path} is not open`)) : output.writer.written$(line);
      }),
    close: () => (closed ??= closeAll()),
  };
}

async function ended({ file, writer }: OutputFile): Promise<void> {
  try {
    await writer.end();
  } finally {
    await file.close();
  }
}

async function create(path: string, overwrite: boolean): Promise<OutputFile> {
  try {
    const file = await open(path, overwrite ? 'w' : 'wx', 0o600);
    return { path, file, writer: lineWriter(file, path, 0, 'interval') };
  } catch (reason) {
    if (codeOf(reason) !== 'EEXIST') throw fileError('unwritable', path, reason);
    const message = `${path} exists already: name another file, or writeBatch(path, { overwrite: true })`;
    throw new Error(message, { cause: reason });
  }
}
