import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import fc from 'fast-check';
import { concat, from, lastValueFrom, merge, Subject } from 'rxjs';
import type { Journal } from '../../../lib/bulk/journal';
import type { CompletionRequest } from '../../../lib/domain/request';
import { fileJournal, type FileJournalOptions } from '../../../lib/node/index';
import type { RouterRunOptions } from '../../../lib/parallel-router';
import { createRouter } from '../../../lib/router';
import { fakeProvider } from '../../../lib/testing/index';
import { allOf } from '../../support/all-of';
import { brief } from '../../support/brief';
import { closing } from '../../support/closing';
import { entryOf } from '../../support/entry-of';
import { tempFolder } from '../../support/temp-folder';

const ended = (of: ReturnType<NonNullable<Journal['close']>>): Promise<unknown> =>
  lastValueFrom(from(of), { defaultValue: undefined });

/** Writes entries as one run. */
async function write(path: string, names: readonly string[], options: FileJournalOptions = {}): Promise<void> {
  const journal = fileJournal(path, options);
  await allOf(from(journal.load()));
  await allOf(merge(...names.map((name) => journal.append(entryOf(name)))));
  await ended(journal.close!());
}

/** What the next run finds: what it loads, and what it looks up of these names. */
async function read(path: string, options: FileJournalOptions = {}): Promise<readonly string[]> {
  const journal = fileJournal(path, options);
  const loaded = await allOf(from(journal.load()));
  const names = loaded.map(({ key }) => key);
  for (const name of new Set(names)) {
    const { outcome } = journal.find?.(name, 0) ?? {};
    if (outcome?._tag === 'Right') expect(outcome.right).toBe(`${name} ü 日本`);
  }
  await ended(journal.close!());
  return names;
}

const linesIn = (path: string): readonly Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('fileJournal', () => {
  const at = tempFolder();

  it('opens nothing before it is loaded, makes a file for its owner alone, and leaves no lock behind', async () => {
    const path = at('run.jsonl');
    fileJournal(path);
    expect(existsSync(path)).toBe(false);
    await write(path, ['a']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('writes a line for each entry, without prompts unless it is asked to', async () => {
    await write(at('bare.jsonl'), ['a', '!b']);
    await write(at('full.jsonl'), ['a'], { prompts: true });
    expect(linesIn(at('bare.jsonl'))).toEqual([
      { v: 1, key: 'a', occurrence: 0, index: 0, result: entryOf('a').result },
      { v: 1, key: 'b', occurrence: 0, index: 0, result: entryOf('!b').result },
    ]);
    expect(readFileSync(at('bare.jsonl'), 'utf8')).not.toContain('prompt');
    expect(linesIn(at('full.jsonl'))[0]).toMatchObject({ request: 'the prompt of a' });
  });

  describe('with prompts', () => {
    const ask = (content: string, rest: Partial<CompletionRequest> = {}): CompletionRequest => ({
      messages: [{ role: 'user', content }],
      ...rest,
    });
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;

    /** The rows of a run over these, and what was sent. */
    async function run(requests: readonly CompletionRequest[], path: string, options: RouterRunOptions = {}) {
      const fake = fakeProvider(() => ({ text: 'ok', afterMs: 5 }));
      const { parallel$ } = createRouter({ deployments: [{ group: 'g', ...fake }] });
      const journal = fileJournal(path, { prompts: true });
      const rows = await allOf(parallel$(requests, { journal, order: 'input', ...options }));
      return { rows, sent: fake.calls.length };
    }

    it.each<[string, CompletionRequest, string]>([
      ['a cycle', ask('b', { metadata: cycle }), 'metadata'],
      ['a bigint', ask('b', { metadata: { id: 7n } }), 'metadata'],
      [
        'a getter that throws',
        ask('b', {
          metadata: {
            get name(): string {
              throw new Error('canary-7f3a');
            },
          },
        }),
        'metadata',
      ],
      ['a route that is none', ask('b', { routing: { retries: 7n } as CompletionRequest['routing'] }), 'routing'],
    ])('refuses a request with %s, unsent and by its field, and goes on', async (name, request, field) => {
      for (const dedupe of [false, true]) {
        const path = at(`${name}${String(dedupe)}.jsonl`);
        const { rows, sent } = await run([ask('a'), request, ask('c')], path, { dedupe });
        expect(rows.map(brief)).toEqual(['ok', '!BadRequest', 'ok']);
        expect(rows[1]).toMatchObject({
          attempts: [],
          outcome: {
            left: {
              message: `the journal cannot keep the request, so it was not sent: ${field}: cannot be written as JSON`,
            },
          },
        });
        expect(sent).toBe(2);
        expect(linesIn(path)).toHaveLength(2);
      }
    });

    it('writes no routing.until, which several requests may be waiting for', async () => {
      const until = new Subject<void>();
      const path = at('until.jsonl');
      const requests = ['a', 'b'].map((content) => ask(content, { routing: { until, priority: 1 } }));
      const { rows } = await run(requests, path);
      expect(rows.map(brief)).toEqual(['ok', 'ok']);
      expect(linesIn(path)[0]).toMatchObject({ request: { routing: { priority: 1 } } });
      expect(readFileSync(path, 'utf8')).not.toContain('until');
    });
  });

  it('takes metadata that it does not write, whatever that is', async () => {
    const fake = fakeProvider([{ text: 'ok' }]);
    const { parallel$ } = createRouter({ deployments: [{ group: 'g', ...fake }] });
    const request = { messages: [{ role: 'user' as const, content: 'a' }], metadata: 7n };
    const rows = await allOf(parallel$([request], { journal: fileJournal(at('bare-metadata.jsonl')) }));
    expect(rows.map(brief)).toEqual(['ok']);
  });

  it('finds what is finished, and failures when it keeps them', async () => {
    const path = at('run.jsonl');
    await write(path, ['a', '!b', 'c']);
    expect(await read(path)).toEqual(['a', 'c']);
    expect(await read(path, { retryFailed: false })).toEqual(['a', 'b', 'c']);
  });

  it('goes by the last line of a place', async () => {
    const path = at('run.jsonl');
    await write(path, ['!a', 'b', 'a', '!b']);
    const journal = fileJournal(path);
    await allOf(from(journal.load()));
    expect(journal.find?.('a', 0)).toEqual(entryOf('a').result);
    expect(journal.find?.('b', 0)).toBeUndefined();
    expect(journal.find?.('a', 1)).toBeUndefined();
    await ended(journal.close!());
  });

  it('has one key for equal requests, another for another tag', () => {
    const { key } = fileJournal(at('x'));
    expect(key({ b: 1, a: [{ d: 1, c: 2 }] })).toBe(key({ a: [{ c: 2, d: 1 }], b: 1, z: undefined }));
    expect(key({ a: 1 })).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set([key({ a: 1 }), key({ a: 2 }), key({ a: 1 }, 'x'), key({ a: [1] })]).size).toBe(4);
  });

  it('may be used for one run after the other, also while the last one closes', async () => {
    const path = at('run.jsonl');
    const journal = fileJournal(path);
    await allOf(from(journal.load()));
    const writing = allOf(from(journal.append(entryOf('a'))));
    const closing = ended(journal.close!());
    expect(await read(path)).toEqual(['a']);
    await Promise.all([writing, closing]);
    await allOf(from(journal.load()));
    await ended(journal.close!());
  });

  it('writes what it was given although nobody waits for it any more', async () => {
    const path = at('run.jsonl');
    const journal = fileJournal(path);
    await allOf(from(journal.load()));
    concat(journal.append(entryOf('a')), journal.append(entryOf('never asked')))
      .subscribe()
      .unsubscribe();
    await ended(journal.close!());
    expect(await read(path)).toEqual(['a']);
  });

  it.each(['always', 'interval', 'never'] as const)(
    'keeps the order of a thousand lines under fsync: %s',
    async (fsync) => {
      const path = at('run.jsonl');
      const names = Array.from({ length: 1000 }, (_, i) => `row ${String(i)}`);
      await write(path, names, { fsync });
      expect(await read(path)).toEqual(names);
    },
  );

  it.each([
    [{ fsync: 'sometimes' }, `fileJournal: fsync must be 'always', 'interval' or 'never', not "sometimes"`],
    [
      { prompt: true },
      `fileJournal: unknown option 'prompt' (did you mean prompts?): known are prompts, fsync, retryFailed`,
    ],
    [{ retryFailed: 1 }, 'fileJournal: retryFailed must be true or false, not 1'],
  ])('refuses %j at the call', (options, message) => {
    expect(() => fileJournal('x', options as object)).toThrow(new TypeError(message));
  });
});

describe('a journal that was not ended properly', () => {
  const at = tempFolder();

  it('loses the last line wherever it was cut off, and nothing else; the next line takes its place', async () => {
    const path = at('run.jsonl');
    await write(path, ['a', 'b']);
    const whole = readFileSync(path);
    const first = whole.indexOf(10) + 1;
    for (let length = first; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length));
      await write(path, ['c']);
      expect(linesIn(path).map(({ key }) => key)).toEqual(['a', 'c']);
    }
  });

  it('may hold no whole line at all, as long as it is the beginning of one', async () => {
    const path = at('run.jsonl');
    await write(path, ['a']);
    const whole = readFileSync(path);
    for (const length of [0, 1, 5, 14, 40, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, length));
      expect(await read(path)).toEqual([]);
    }
  });

  it('gives exactly the whole lines of a file that was cut anywhere', async () => {
    const path = at('run.jsonl');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', '!c', 'd'), { minLength: 1 }),
        fc.nat(),
        async (names, cut) => {
          writeFileSync(path, '');
          await write(path, names);
          const size = statSync(path).size;
          truncateSync(path, cut % (size + 1));
          const kept = readFileSync(path, 'utf8').split('\n').length - 1;
          expect(await read(path, { retryFailed: false })).toEqual(
            names.slice(0, kept).map((name) => name.replace('!', '')),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a torn line in the middle', (lines: string[]) => [lines[0]!, lines[1]!.slice(0, 30), lines[2]!], 'damaged', 2],
    ['a line of another version', (lines: string[]) => [lines[0]!, lines[1]!.replace('"v":1', '"v":2')], 'version', 2],
    ['a line of something else', (lines: string[]) => [...lines, '{"id":7}'], 'version', 4],
    ['text', () => ['some notes', 'of mine'], 'version', 1],
  ])('is refused with %s, and left as it is', async (_name, spoil, problem, line) => {
    const path = at('run.jsonl');
    await write(path, ['a', 'b', 'c']);
    const spoiled = `${spoil(readFileSync(path, 'utf8').split('\n').slice(0, 3)).join('\n')}\n`;
    writeFileSync(path, spoiled);
    const message = expect.stringContaining(`${path}: line ${String(line)} is `) as string;
    await expect(read(path)).rejects.toMatchObject({ name: 'JournalError', problem, message });
    expect(readFileSync(path, 'utf8')).toBe(spoiled);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('is not taken for one when it is a note without an end', async () => {
    const path = at('notes.txt');
    writeFileSync(path, 'do not lose me');
    await expect(read(path)).rejects.toMatchObject({ problem: 'version' });
    expect(readFileSync(path, 'utf8')).toBe('do not lose me');
  });
});

describe('a journal that cannot be used', () => {
  const opened = closing();
  const at = tempFolder();

  it('names the folder that is missing, and what is a folder', async () => {
    await expect(read(at('none/run.jsonl'))).rejects.toMatchObject({
      problem: 'unwritable',
      code: 'ENOENT',
      message: `${at('none/run.jsonl')} cannot be written (ENOENT: its folder does not exist: make it first)`,
    });
    await expect(read(at('.'))).rejects.toMatchObject({ problem: 'unwritable', code: 'EISDIR' });
  });

  it('is refused while another run of this process has it', async () => {
    const path = at('run.jsonl');
    const journal = fileJournal(path);
    await allOf(from(journal.load()));
    await expect(read(path)).rejects.toMatchObject({
      problem: 'locked',
      message: expect.stringContaining('another run of this process: wait for its end') as string,
    });
    await ended(journal.close!());
  });

  it('is refused while another process has it, and free at once when that was killed', async () => {
    const path = at('run.jsonl');
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")']);
    opened({ close: () => other.kill('SIGKILL') });
    await once(other.stdout, 'data');
    const lockOf = (pid: number, host = hostname()): void => {
      writeFileSync(`${path}.lock`, JSON.stringify({ pid, host, token: 'x' }));
    };
    lockOf(other.pid!);
    await expect(read(path)).rejects.toMatchObject({ problem: 'locked' });
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(await read(path)).toEqual([]);
    lockOf(process.pid); // of an earlier process with our number
    expect(await read(path)).toEqual([]);
    lockOf(1, 'elsewhere');
    await expect(read(path)).rejects.toMatchObject({
      message: expect.stringContaining('process 1 on elsewhere') as string,
    });
  });

  it('lets exactly one of several have what a dead process has left', async () => {
    const path = at('run.jsonl');
    for (let round = 0; round < 20; round++) {
      writeFileSync(`${path}.lock`, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), token: 'dead' }));
      const journals = Array.from({ length: 4 }, () => fileJournal(path));
      const loads = await Promise.allSettled(journals.map((journal) => allOf(from(journal.load()))));
      expect(loads.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await Promise.all(journals.map((journal) => ended(journal.close!())));
      expect(existsSync(`${path}.lock`)).toBe(false);
    }
  });
});
