import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { defer, from, throwError } from 'rxjs';
import { type CompactTable, compactTable } from '../../bulk/compact-table';
import type { Entry, Journal } from '../../bulk/journal';
import { JournalError } from '../../bulk/journal-error';
import { fileError } from '../file-error';
import { linesOf } from '../lines';
import { checkedLine } from './checked-line';
import { lineAt } from './line-at';
import type { LineFormat, ReadLine } from './line-format';
import { type Fsync, type LineWriter, lineWriter } from './line-writer';
import { type Lock, takeLock } from './lock';
import { requestKey } from './request-key';

export interface LineJournalOptions {
  readonly fsync: Fsync;
  readonly retryFailed: boolean;
}

/** The file of a run under way. */
interface OpenFile {
  readonly file: FileHandle;
  readonly lock: Lock;
  readonly index: CompactTable;
  readonly writer: LineWriter;
}

/** Marks a place whose latest line is that of a failure. */
const toBeRetried = -1;

/**
 * A journal that is a file of JSON lines. Opened by `load`, which takes its lock and cuts off a last line that is not whole; closed by
 * `close`. Of what it has read it keeps where each line begins, 24 to 48 bytes a line, and reads the line again when it is looked up.
 */
export function lineJournal(path: string, format: LineFormat, { fsync, retryFailed }: LineJournalOptions): Journal {
  let opened: OpenFile | undefined;
  let opening: { readonly lock: Lock; readonly ended: Promise<void> } | undefined;

  async function* load(): AsyncGenerator<Entry, void> {
    const lock = await takeLock(path);
    let letGo: () => void = () => undefined;
    opening = { lock, ended: new Promise((done) => (letGo = done)) };
    let file: FileHandle | undefined;
    try {
      file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600).catch((reason: unknown) => {
        throw fileError('unwritable', path, reason);
      });
      const index = compactTable();
      let end = 0;
      for await (const lines of readable(file)) {
        for (const line of lines) {
          const read = checkedLine(path, line, format);
          if (read === undefined) continue; // torn
          end = line.end;
          const counts = !read.isFailure || !retryFailed;
          index.set(placeOf(read), counts ? line.at : toBeRetried);
          if (counts) yield entryOf(read);
        }
      }
      await file.truncate(end);
      opened = { file, lock, index, writer: lineWriter(file, path, end, fsync) };
    } finally {
      opening = undefined;
      if (opened === undefined) {
        await file?.close();
        await lock.release();
      }
      letGo();
    }
  }

  async function* readable(file: FileHandle): ReturnType<typeof linesOf> {
    try {
      yield* linesOf(file);
    } catch (reason) {
      throw fileError('unreadable', path, reason);
    }
  }

  async function close(): Promise<void> {
    opening?.lock.leave();
    await opening?.ended;
    const closing = opened;
    opened = undefined;
    if (closing === undefined) return;
    closing.lock.leave();
    try {
      await closing.writer.end();
    } finally {
      await closing.file.close();
      await closing.lock.release();
    }
  }

  return {
    key: requestKey,
    load: () => defer(() => from(load())),
    find: (key, occurrence) => {
      const at = opened?.index.get(placeOf({ key, occurrence }));
      if (opened === undefined || at === undefined || at === toBeRetried) return undefined;
      const read = format.fromRecord(JSON.parse(lineAt(opened.file.fd, at)));
      if (read._tag === 'Left' || read.right.key !== key || read.right.occurrence !== occurrence) return undefined;
      return read.right.result();
    },
    append: (entry) =>
      opened === undefined
        ? throwError(() => new JournalError('unwritable', `${path} is not open: a journal is loaded first`))
        : opened.writer.written$(JSON.stringify(format.toRecord(entry))),
    close: () => defer(close),
  };
}

function placeOf({ key, occurrence }: Pick<ReadLine, 'key' | 'occurrence'>): string {
  return `${String(occurrence)} ${key}`;
}

function entryOf({ key, occurrence, result }: ReadLine): Entry {
  return {
    key,
    occurrence,
    get result() {
      return result();
    },
  };
}
