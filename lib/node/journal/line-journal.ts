import type { FileHandle } from 'node:fs/promises';
import { defer, from, throwError } from 'rxjs';
import { type CompactTable, compactTable } from '../../bulk/compact-table';
import type { Entry, Journal } from '../../bulk/journal';
import { JournalError } from '../../bulk/journal-error';
import { journalLines } from './journal-lines';
import { lineAt } from './line-at';
import type { LineFormat, ReadLine } from './line-format';
import { type Fsync, type LineWriter, lineWriter } from './line-writer';
import { type Lock, lockOf } from './lock';
import { cutOff, openJournalFile } from './open-journal-file';
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
  const underWay = new Map<Lock, Promise<void>>();
  let opened: OpenFile | undefined;

  /** A load or a close that begins; to be called when it has ended. */
  function begin(lock: Lock): () => void {
    let settle: () => void = () => undefined;
    underWay.set(lock, new Promise((done) => (settle = done)));
    return () => {
      underWay.delete(lock);
      settle();
    };
  }

  async function* load(): AsyncGenerator<Entry, void> {
    const lock = lockOf(path);
    const end = begin(lock);
    let file: FileHandle | undefined;
    try {
      await lock.take();
      file = await openJournalFile(path);
      const index = compactTable();
      let size = 0;
      for await (const lines of journalLines(file, path, format)) {
        for (const line of lines) {
          const counts = !line.read.isFailure || !retryFailed;
          index.set(placeOf(line.read), counts ? line.at : toBeRetried);
          size = line.end;
          if (counts) yield entryOf(line.read);
        }
      }
      await cutOff(file, path, size);
      opened = { file, lock, index, writer: lineWriter(file, path, size, fsync) };
    } finally {
      try {
        if (opened?.lock !== lock) await letGo(lock, file);
      } finally {
        end();
      }
    }
  }

  /** Also of a file that is still being opened: who unsubscribes from `load` does not stop it at once. */
  async function close(): Promise<void> {
    for (const lock of underWay.keys()) lock.leave();
    if (underWay.size > 0) await Promise.all(underWay.values());
    if (opened === undefined) return;
    const { writer, lock, file } = opened;
    opened = undefined;
    lock.leave();
    const end = begin(lock);
    try {
      await writer.end();
    } finally {
      await letGo(lock, file).finally(end);
    }
  }

  return {
    key: requestKey,
    load: () => defer(() => from(load())),
    find: (key, occurrence) => {
      const at = opened?.index.get(placeOf({ key, occurrence }));
      if (opened === undefined || at === undefined || at === toBeRetried) return undefined;
      const read = lineAt(opened.file.fd, at, path, format);
      return read.key === key && read.occurrence === occurrence ? read.result() : undefined;
    },
    append: (entry) =>
      defer(() =>
        opened === undefined
          ? throwError(() => new JournalError('unwritable', `${path} is not open: a journal is loaded first`))
          : opened.writer.written$(JSON.stringify(format.toRecord(entry))),
      ),
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

async function letGo(lock: Lock, file: FileHandle | undefined): Promise<void> {
  try {
    await file?.close();
  } finally {
    await lock.release();
  }
}
