import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { left, right } from 'fp-ts/Either';
import { concat, from, NEVER, type Observable, of, take, tap, throwError } from 'rxjs';
import { completionError } from '../../../lib/domain/error';
import type { FanoutResult } from '../../../lib/domain/result';
import { writeBatch } from '../../../lib/node/index';
import { allOf } from '../../support/all-of';
import { openFiles } from '../../support/open-files';
import { tempFolder } from '../../support/temp-folder';
import { until } from '../../support/until';

type Row = FanoutResult<unknown, unknown>;

const completion = { id: 'c', created: 1, model: 'm', choices: [{ index: 0, message: { content: 'ü' } }], raw: {} };
const rowOf = (index: number, outcome: Row['outcome'] = right(completion)): Row => ({
  index,
  request: { messages: [], metadata: { custom_id: `r${String(index)}`, line: index + 1 } },
  outcome,
  timing: { queuedMs: 0, elapsedMs: 1 },
});
const answers = (count: number): readonly Row[] => Array.from({ length: count }, (_, index) => rowOf(index));
const failed = (index: number): Row => rowOf(index, left(completionError({ _tag: 'ServerError', status: 500 })));
const linesOf = (path: string): readonly Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const namesIn = (path: string): readonly unknown[] => linesOf(path).map(({ custom_id }) => custom_id);
const names = (count: number): readonly string[] => answers(count).map((_, index) => `r${String(index)}`);

describe('writeBatch', () => {
  const at = tempFolder();
  const openHere = (): readonly string[] => openFiles(dirname(at('x')));

  it('writes every row before it passes it on, in their order, and has closed its file when it completes', async () => {
    const seen: number[] = [];
    const rows$ = of(...answers(50)).pipe(
      writeBatch(at('out.jsonl')),
      tap({
        next: () => seen.push(linesOf(at('out.jsonl')).length),
        complete: () => seen.push(-openHere().length),
      }),
    );
    expect(await allOf(rows$)).toEqual(answers(50));
    expect(seen.pop()).toBe(-0);
    expect(seen.every((lines, i) => lines > i)).toBe(true);
    expect(namesIn(at('out.jsonl'))).toEqual(names(50));
    expect(Object.keys(linesOf(at('out.jsonl'))[0] ?? {})).toEqual(['id', 'custom_id', 'response', 'error']);
    expect(statSync(at('out.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('puts failures into a file of their own when it is given one, else beside the answers', async () => {
    const rows = [rowOf(0), failed(1), rowOf(2)];
    await allOf(of(...rows).pipe(writeBatch(at('out.jsonl'), { errors: at('errors.jsonl') })));
    expect([namesIn(at('out.jsonl')), namesIn(at('errors.jsonl'))]).toEqual([['r0', 'r2'], ['r1']]);
    await allOf(of(...rows).pipe(writeBatch(at('both.jsonl'))));
    expect(namesIn(at('both.jsonl'))).toEqual(['r0', 'r1', 'r2']);
  });

  it.each(['out.jsonl', './out.jsonl', 'sub/../out.jsonl'])('does not write two files into one (%s)', (errors) => {
    expect(() => writeBatch('out.jsonl', { errors, overwrite: true })).toThrow(
      'writeBatch: errors must be another file than out.jsonl, or be left out',
    );
  });

  it('makes a file without lines of a run without rows', async () => {
    await allOf(from<Row[]>([]).pipe(writeBatch(at('out.jsonl'))));
    expect(readFileSync(at('out.jsonl'), 'utf8')).toBe('');
  });

  it('writes over nothing that it was not told to, subscribes to nothing then, and leaves no other file behind', async () => {
    writeFileSync(at('there.jsonl'), 'mine');
    const subscribed = jest.fn();
    const rows$ = of(...answers(3)).pipe(tap({ subscribe: subscribed }));
    const refusal = `${at('there.jsonl')} exists already: name another file, or writeBatch(path, { overwrite: true })`;
    await expect(allOf(rows$.pipe(writeBatch(at('there.jsonl'))))).rejects.toThrow(refusal);
    const errors = at('there.jsonl');
    await expect(allOf(rows$.pipe(writeBatch(at('new.jsonl'), { errors })))).rejects.toThrow(refusal);
    expect(subscribed).not.toHaveBeenCalled();
    expect(readFileSync(at('there.jsonl'), 'utf8')).toBe('mine');
    expect(existsSync(at('new.jsonl'))).toBe(false);
    expect(openHere()).toEqual([]);
    await allOf(rows$.pipe(writeBatch(at('there.jsonl'), { overwrite: true })));
    expect(namesIn(at('there.jsonl'))).toEqual(names(3));
  });

  it('writes into a file of its own for each subscriber', async () => {
    const rows$ = of(rowOf(0)).pipe(writeBatch(at('out.jsonl')));
    await allOf(rows$);
    await expect(allOf(rows$)).rejects.toThrow('exists already');
  });

  it('closes its files when it is left: while they are opened, and in the middle of the rows', async () => {
    concat(of(...answers(3)), NEVER)
      .pipe(writeBatch(at('early.jsonl'), { errors: at('errors.jsonl') }))
      .subscribe()
      .unsubscribe();
    await allOf(concat(of(...answers(3)), NEVER).pipe(writeBatch(at('out.jsonl')), take(2)));
    await until('the files are closed', () => existsSync(at('errors.jsonl')) && openHere().length === 0, 10_000);
    expect(namesIn(at('early.jsonl'))).toEqual([]);
    expect(namesIn(at('out.jsonl'))).toEqual(names(3));
  });

  it('errors with what the source does when what came before is written and the file is closed', async () => {
    const rows$: Observable<Row> = concat(
      of(...answers(3)),
      throwError(() => new Error('aborted')),
    );
    await expect(allOf(rows$.pipe(writeBatch(at('out.jsonl'))))).rejects.toThrow('aborted');
    expect(namesIn(at('out.jsonl'))).toEqual(names(3));
    expect(openHere()).toEqual([]);
  });

  it('says why it cannot write', async () => {
    const rows$ = of(...answers(3));
    await expect(allOf(rows$.pipe(writeBatch(at('none/out.jsonl'))))).rejects.toMatchObject({
      name: 'JournalError',
      code: 'ENOENT',
      message: expect.stringContaining('its folder does not exist: make it first') as string,
    });
    symlinkSync('/dev/full', at('full.jsonl'));
    await expect(allOf(rows$.pipe(writeBatch(at('full.jsonl'), { overwrite: true })))).rejects.toMatchObject({
      name: 'JournalError',
      code: 'ENOSPC',
    });
    expect(openFiles('/dev/full')).toEqual([]);
  });

  it('refuses results that are no completions', async () => {
    const rows$ = of(rowOf(0, right('a text')));
    await expect(allOf(rows$.pipe(writeBatch(at('out.jsonl'))))).rejects.toThrow(
      'a line of a batch file has a completion: write the results of a run of your own with fileJournal',
    );
  });
});
