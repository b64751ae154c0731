import { appendFileSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { left, right } from 'fp-ts/Either';
import { from, lastValueFrom, of } from 'rxjs';
import type { Entry, Journal } from '../../../lib/bulk/journal';
import { batchJournal, fileJournal } from '../../../lib/node/index';
import { parallel$ } from '../../../lib/parallel';
import { allOf } from '../../support/all-of';
import { entryOf } from '../../support/entry-of';
import { tempFolder } from '../../support/temp-folder';

const ended = (what: ReturnType<NonNullable<Journal['close']>>): Promise<unknown> =>
  lastValueFrom(from(what), { defaultValue: undefined });

async function write(path: string, ...entries: readonly Entry[]): Promise<void> {
  const journal = fileJournal(path);
  await ended(journal.load());
  for (const entry of entries) await ended(journal.append(entry));
  await ended(journal.close!());
}

async function keysIn(path: string, journal = fileJournal(path)): Promise<readonly string[]> {
  try {
    return (await allOf(from(journal.load()))).map(({ key }) => key);
  } finally {
    await ended(journal.close!());
  }
}

describe('a journal of lines', () => {
  const at = tempFolder();

  it.each([1, 2, 5, 20])('is let go of by a run that leaves while it opens (after %d turns)', async (turns) => {
    const path = at('run.jsonl');
    await write(path, entryOf('!a'), entryOf('b'), entryOf('c'));
    const journal = fileJournal(path);
    const loading = from(journal.load()).subscribe();
    for (let i = 0; i < turns; i++) await new Promise(setImmediate);
    loading.unsubscribe();
    const closing = ended(journal.close!());
    expect(await keysIn(path)).toEqual(['b', 'c']);
    await closing;
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('is let go of by runs that end before they begin', async () => {
    const journal = fileJournal(at('run.jsonl'));
    for (let i = 0; i < 20; i++) {
      const signal = AbortSignal.abort(new Error('no'));
      await expect(allOf(parallel$(['a'], { run: (text) => of(text), journal, signal }))).rejects.toThrow('no');
      parallel$(['a'], { run: (text) => of(text), journal })
        .subscribe()
        .unsubscribe();
      await ended(journal.close!());
    }
    const rows = await allOf(parallel$(['a'], { run: (text) => of(text), journal }));
    expect(rows.map(({ outcome }) => outcome)).toEqual([right('a')]);
  });

  it('is closed when the last of several that close it says so', async () => {
    const journal = fileJournal(at('run.jsonl'));
    await ended(journal.load());
    const writing = ended(journal.append(entryOf('a')));
    await Promise.all([ended(journal.close!()), ended(journal.close!())]);
    expect(existsSync(at('run.jsonl.lock'))).toBe(false);
    await writing;
    await ended(journal.close!());
  });

  it('takes nothing before it is loaded and after it is closed', async () => {
    const journal = fileJournal(at('run.jsonl'));
    const refused = { problem: 'unwritable', message: `${at('run.jsonl')} is not open: a journal is loaded first` };
    await expect(ended(journal.append(entryOf('a')))).rejects.toMatchObject(refused);
    await ended(journal.load());
    const append = journal.append(entryOf('a'));
    await ended(journal.close!());
    await expect(ended(append)).rejects.toMatchObject(refused);
    expect(journal.find?.('a', 0)).toBeUndefined();
  });

  it('keeps what has no word in JSON: an answer, or a failure, that is nothing', async () => {
    const timing = { queuedMs: 0, elapsedMs: 1 };
    await write(
      at('run.jsonl'),
      { key: 'a', occurrence: 0, result: { outcome: right(undefined), timing } },
      { key: 'b', occurrence: 0, result: { outcome: left(undefined), timing } },
    );
    expect(await keysIn(at('run.jsonl'), fileJournal(at('run.jsonl'), { retryFailed: false }))).toEqual(['a', 'b']);
    expect(await keysIn(at('run.jsonl'))).toEqual(['a']);
  });

  it('finds lines of any length, and those on both sides of what is read at a time', async () => {
    const names = [1, 4000, 4095, 70_000, 262_144, 3, 900_000].map((length) => '日'.repeat(length));
    await write(at('run.jsonl'), ...names.map((name) => entryOf(name)));
    const journal = fileJournal(at('run.jsonl'));
    await ended(journal.load());
    for (const name of names) expect(journal.find?.(name, 0)).toEqual(entryOf(name).result);
    expect(journal.find?.(names[0]!, 1)).toBeUndefined();
    await ended(journal.close!());
  });

  it.each([
    ['zeros, as a power cut leaves them', '\0\0\0'],
    [
      'a whole line without its end',
      '{"v":1,"key":"z","occurrence":0,"result":{"outcome":{"_tag":"Right"},"timing":{}}}',
    ],
    ['half a line with an end', '{"v":1,"ke\n'],
    ['an empty line', '\n'],
  ])('goes on behind its last whole line, whatever comes after it: %s', async (_name, rest) => {
    const path = at('run.jsonl');
    await write(path, entryOf('a'));
    const whole = readFileSync(path);
    appendFileSync(path, rest);
    expect(await keysIn(path)).toEqual(['a']);
    expect(readFileSync(path)).toEqual(whole);
  });

  it.each([
    ['notes', 'remember the milk\n'],
    ['a note without an end', 'remember'],
    ['an empty line', '\n'],
    ['JSON', '[1, 2]'],
    ['lines of JSON', '{"id":1}\n{"id":2}\n'],
    ['a line of a later version without its end', '{"v":2,"key":"a","occurrence":0,'],
    ['a journal after a header', '# mine\n{"v":1,"key":"a","occurrence":0,'],
    ['an output of the Batch API', '{"id":"batch_req_1","custom_id":"a","response":null,"error":null}\n'],
  ])('is refused where there is something else, which stays as it is: %s', async (_name, content) => {
    writeFileSync(at('file'), content);
    for (const journal of [fileJournal(at('file')), batchJournal(at('file'))]) {
      await expect(keysIn(at('file'), journal)).rejects.toMatchObject({
        name: 'JournalError',
        problem: 'version',
        message: expect.stringContaining(`${at('file')}: line 1 is `) as string,
      });
    }
    expect(readFileSync(at('file'), 'utf8')).toBe(content);
    expect(existsSync(at('file.lock'))).toBe(false);
  });

  it('never shows what is in a file that it refuses', async () => {
    writeFileSync(at('file'), '{"v":"sk-canary","key":{"sk-canary":1}}\nsk-canary\n');
    await expect(keysIn(at('file'))).rejects.toThrow(expect.not.stringContaining('canary') as string);
  });

  it('is no device: some of them never end', async () => {
    symlinkSync('/dev/zero', at('zero'));
    const message = expect.stringContaining('is no file but a device or a pipe: name a file') as string;
    await expect(keysIn(at('zero'))).rejects.toMatchObject({ problem: 'unwritable', message });
  });

  it('takes no line for that of another request', async () => {
    const path = at('run.jsonl');
    await write(path, entryOf('a'), entryOf('b'));
    const journal = fileJournal(path);
    await ended(journal.load());
    const [a, b] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, `${b!}\n${a!}\n`);
    expect(journal.find?.('a', 0)).toBeUndefined();
    await ended(journal.close!());
  });

  it.each([
    ['is not JSON', 'x'.repeat(40)],
    ['is something else', '{"id":1}'],
    ['is gone', ''],
  ])('says that it was changed in the middle of a run when a line %s', async (_name, content) => {
    const path = at('run.jsonl');
    await write(path, entryOf('a'));
    const journal = fileJournal(path);
    await ended(journal.load());
    writeFileSync(path, content);
    expect(() => journal.find?.('a', 0)).toThrow(`${path} was changed while a run had it`);
    await ended(journal.close!());
  });
});
