import { readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { lastValueFrom, tap } from 'rxjs';
import type { JournalError } from '../../../lib/bulk/journal-error';
import { type Fsync, lineWriter } from '../../../lib/node/journal/line-writer';
import { pause } from '../../support/pause';
import { tempFolder } from '../../support/temp-folder';
import { until } from '../../support/until';

interface Handling {
  /** Bytes that one write takes at most. */
  readonly atMost?: number;
  /** Bytes that there is room for. */
  readonly room?: number;
  /** Whether there is room again as soon as somebody was told that there is none. */
  readonly isFreed?: boolean;
  /** Before each sync. */
  readonly beforeSync?: () => Promise<unknown>;
}

const failure = (code: string): Error => Object.assign(new Error(`${code}: of the disk`), { code });

/** A real file whose disk has its limits, and a log of what is done with it. */
async function fileWith(
  path: string,
  log: string[],
  { atMost = Infinity, room = Infinity, isFreed = false, beforeSync }: Handling,
) {
  let left = room;
  const real = await open(path, 'w+');
  const file = {
    write: async (bytes: Buffer, from: number, length: number, at: number) => {
      const size = Math.min(length, atMost, left - at);
      if (size <= 0) {
        if (isFreed) left = Infinity;
        throw failure('ENOSPC');
      }
      log.push(`write ${String(size)}`);
      return real.write(bytes, from, size, at);
    },
    datasync: async () => {
      log.push('sync');
      await beforeSync?.();
      await real.datasync();
      log.push('synced');
    },
  };
  return { file: file as unknown as FileHandle, real };
}

describe('lineWriter', () => {
  const at = tempFolder();
  let real: FileHandle | undefined;

  afterEach(() => real?.close());

  async function begin(fsync: Fsync, handling: Handling = {}) {
    const log: string[] = [];
    const opened = await fileWith(at('file'), log, handling);
    real = opened.real;
    const writer = lineWriter(opened.file, 'file', 0, fsync);
    const write = (line: string): Promise<unknown> => {
      const heard$ = writer.written$(line).pipe(
        tap({
          complete: () => log.push(`${line} is there`),
          error: (reason: unknown) => log.push(`${line}: ${(reason as JournalError).code ?? ''}`),
        }),
      );
      return lastValueFrom(heard$, { defaultValue: undefined }).catch(() => undefined);
    };
    return { log, write, writer, content: () => readFileSync(at('file'), 'utf8') };
  }

  it('writes together what comes while a write is under way, in order, and tells each of its own', async () => {
    const { log, write, content } = await begin('never');
    await Promise.all(['a', 'b', 'c', 'd'].map(write));
    await write('e');
    expect(log).toEqual([
      'write 2',
      'a is there',
      'write 6',
      'b is there',
      'c is there',
      'd is there',
      'write 2',
      'e is there',
    ]);
    expect(content()).toBe('a\nb\nc\nd\ne\n');
  });

  it('writes nothing before it is subscribed to, and all of it although nobody is any more', async () => {
    const { writer, content } = await begin('never');
    void writer.written$('never asked for');
    writer.written$('a').subscribe().unsubscribe();
    writer.written$('b').subscribe().unsubscribe();
    await writer.end();
    expect(content()).toBe('a\nb\n');
  });

  it('goes on with a write that was cut short, also in the middle of a character', async () => {
    const { write, content } = await begin('never', { atMost: 3 });
    await Promise.all([write('日本語'), write('ü')]);
    expect(content()).toBe('日本語\nü\n');
  });

  it.each([6, 7, 9, 12, 13, 14])('writes nothing behind a torn line (room for %d bytes)', async (room) => {
    const { log, write, writer, content } = await begin('always', { room, isFreed: room % 2 === 0 });
    await write('first');
    await Promise.all(['second', 'x', 'y'].map(write));
    for (const late of ['z', 'later']) await write(late);
    const lost = (room < 13 ? ['second', 'x', 'y', 'z', 'later'] : ['x', 'y', 'z', 'later']).map(
      (line) => `${line}: ENOSPC`,
    );
    expect(log.filter((said) => said.includes(':'))).toEqual(lost);
    expect(content()).toBe('first\nsecond\nx\ny\n'.slice(0, room));
    await expect(writer.end()).rejects.toMatchObject({
      name: 'JournalError',
      problem: 'unwritable',
      code: 'ENOSPC',
      message: 'file cannot be written (ENOSPC: the disk is full: make room and go on, what was written is kept)',
    });
  });

  it('always: tells of a line when it is on the disk, with one sync for all that were written together', async () => {
    const { log, write, writer } = await begin('always');
    await Promise.all(['a', 'b', 'c'].map(write));
    await writer.end();
    expect(log).toEqual([
      'write 2',
      'sync',
      'synced',
      'a is there',
      'write 4',
      'sync',
      'synced',
      'b is there',
      'c is there',
    ]);
  });

  it('interval: syncs some time after a write, once, and again after the next; at the end only what is not', async () => {
    const { log, write, writer } = await begin('interval');
    await write('a');
    await until('a sync', () => log.includes('synced'), 10_000);
    await write('b');
    await writer.end();
    await writer.end();
    expect(log).toEqual(['write 2', 'a is there', 'sync', 'synced', 'write 2', 'b is there', 'sync', 'synced']);
  });

  it('interval: does not end while a sync is under way', async () => {
    let sync: () => void = () => undefined;
    const { log, write, writer } = await begin('interval', {
      beforeSync: () => new Promise<void>((done) => (sync = done)),
    });
    await write('a');
    await until('a sync', () => log.includes('sync'), 10_000);
    const end = writer.end().then(() => log.push('end'));
    await pause(20);
    sync();
    await end;
    expect(log.slice(2)).toEqual(['sync', 'synced', 'end']);
  });

  it('interval: a sync that fails is told to whoever writes next, and at the end', async () => {
    const { log, write, writer } = await begin('interval', { beforeSync: () => Promise.reject(failure('EIO')) });
    await write('a');
    await until('a sync', () => log.includes('sync'), 10_000);
    await new Promise(setImmediate);
    await write('b');
    expect(log.at(-1)).toBe('b: EIO');
    await expect(writer.end()).rejects.toMatchObject({ problem: 'unwritable', code: 'EIO' });
  });

  it('never: leaves it to the system', async () => {
    const { log, write, writer } = await begin('never');
    await write('a');
    await writer.end();
    expect(log).toEqual(['write 2', 'a is there']);
  });
});
