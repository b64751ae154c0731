import type { FileHandle } from 'node:fs/promises';
import { AsyncSubject, defer, type Observable, type Subscription, throwError, timer } from 'rxjs';
import type { JournalError } from '../../bulk/journal-error';
import { fileError } from '../file-error';

/**
 * When what was written is forced to the disk: after each group of lines, once a second, or when the system sees fit. What is written
 * survives the end of the process in any case; this is about the end of the machine.
 */
export type Fsync = 'always' | 'interval' | 'never';

/** Writes lines at the end of a file. */
export interface LineWriter {
  /** Completes when the line is written. Who unsubscribes has it written all the same. */
  readonly written$: (line: string) => Observable<never>;
  /** Resolves when all is written and, but for `'never'`, on the disk. The file stays open. */
  readonly end: () => Promise<void>;
}

interface Waiting {
  readonly line: string;
  readonly written: AsyncSubject<never>;
}

const syncEveryMs = 1000;

/**
 * One write is under way at a time, and what comes meanwhile goes out with the next one: the busier the run, the fewer writes a line.
 * After a failure nothing is written any more, or a line would follow half a one.
 *
 * @param at where the file ends (bytes)
 */
export function lineWriter(file: FileHandle, path: string, at: number, fsync: Fsync): LineWriter {
  let queue: Waiting[] = [];
  let position = at;
  let flushing: Promise<void> | undefined;
  let failure: JournalError | undefined;
  let isUnsynced = false;
  let nextSync: Subscription | undefined;
  let lastSync: Promise<void> | undefined;

  async function writeAll(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position);
      done += bytesWritten;
      position += bytesWritten;
    }
  }

  async function sync(): Promise<void> {
    if (!isUnsynced) return;
    isUnsynced = false;
    await file.datasync();
  }

  async function flush(): Promise<void> {
    while (queue.length > 0) {
      const group = queue;
      queue = [];
      try {
        if (failure !== undefined) throw failure;
        await writeAll(Buffer.from(group.map(({ line }) => `${line}\n`).join('')));
        isUnsynced = true;
        if (fsync === 'always') await sync();
      } catch (reason) {
        failure ??= fileError('unwritable', path, reason);
        for (const { written } of group) written.error(failure);
        continue;
      }
      for (const { written } of group) written.complete();
      if (fsync === 'interval') nextSync ??= timer(syncEveryMs).subscribe(syncLater); // eslint-disable-line rxjs-x/no-ignored-error -- a timer has none
    }
    flushing = undefined;
  }

  function syncLater(): void {
    nextSync = undefined;
    lastSync = sync().catch((reason: unknown) => {
      failure ??= fileError('unwritable', path, reason); // for whoever writes next, or for the end
    });
  }

  return {
    written$: (line) =>
      defer(() => {
        if (failure !== undefined) return throwError(() => failure);
        const written = new AsyncSubject<never>();
        queue.push({ line, written });
        flushing ??= flush();
        return written;
      }),
    end: async () => {
      await flushing;
      nextSync?.unsubscribe();
      await lastSync; // of a file that was closed meanwhile it would be another one's
      if (failure !== undefined) throw failure;
      if (fsync === 'never') return;
      try {
        await sync();
      } catch (reason) {
        throw fileError('unwritable', path, reason);
      }
    },
  };
}
