import { open, type FileHandle } from 'node:fs/promises';
import { concat, defer, endWith, finalize, ignoreElements, mergeMap, type MonoTypeOperatorFunction } from 'rxjs';
import type { FanoutResult } from '../../domain/result';
import { codeOf, fileError } from '../file-error';
import { type LineWriter, lineWriter } from '../journal/line-writer';
import { batchLine } from './batch-line';

export interface WriteBatchOptions {
  /** Where failures go, as in the Batch API's error file. Default: into the same file. */
  readonly errors?: string | undefined;
  /** Whether a file that is there may be replaced. Default false. */
  readonly overwrite?: boolean | undefined;
}

interface Output {
  readonly file: FileHandle;
  readonly writer: LineWriter;
}

/**
 * Writes each row as a line of an output file of OpenAI's Batch API, and passes it on when it is written. Completes when all is on the
 * disk. Errors when a file exists, or cannot be written. For a run that can be gone on with use `batchJournal` instead.
 *
 * @example router.parallel$(readBatch('in.jsonl')).pipe(writeBatch('out.jsonl'))
 */
export function writeBatch<Row extends FanoutResult<unknown, unknown>>(
  path: string,
  { errors, overwrite = false }: WriteBatchOptions = {},
): MonoTypeOperatorFunction<Row> {
  return (rows$) =>
    defer(async () => {
      const answers = await create(path, overwrite);
      return { answers, failures: errors === undefined ? answers : await create(errors, overwrite) };
    }).pipe(
      mergeMap(({ answers, failures }) => {
        let closed: Promise<void> | undefined;
        const close = (): Promise<void> => (closed ??= closeAll(new Set([answers, failures])));
        const written$ = rows$.pipe(
          mergeMap((row) => {
            const { writer } = row.outcome._tag === 'Left' ? failures : answers;
            const line = JSON.stringify(batchLine(row.outcome, row.request, row.index));
            return writer.written$(line).pipe(ignoreElements(), endWith(row));
          }),
        );
        return concat(written$, defer(close).pipe(ignoreElements())).pipe(
          finalize(() => {
            close().catch(() => undefined); // who has left cannot be told
          }),
        );
      }),
    );
}

async function closeAll(outputs: Iterable<Output>): Promise<void> {
  for (const { file, writer } of outputs) {
    try {
      await writer.end();
    } finally {
      await file.close();
    }
  }
}

async function create(path: string, overwrite: boolean): Promise<Output> {
  try {
    const file = await open(path, overwrite ? 'w' : 'wx', 0o600);
    return { file, writer: lineWriter(file, path, 0, 'interval') };
  } catch (reason) {
    if (codeOf(reason) !== 'EEXIST') throw fileError('unwritable', path, reason);
    const message = `${path} exists already: name another file, or writeBatch(path, { overwrite: true })`;
    throw new Error(message, { cause: reason });
  }
}
