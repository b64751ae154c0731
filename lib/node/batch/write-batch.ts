import { resolve } from 'node:path';
import {
  catchError,
  concat,
  defer,
  endWith,
  finalize,
  from,
  ignoreElements,
  mergeMap,
  type MonoTypeOperatorFunction,
  type Observable,
  throwError,
} from 'rxjs';
import { knownOptions } from '../../domain/known-options';
import type { FanoutResult } from '../../domain/result';
import { shown } from '../../domain/shown';
import { fileName } from '../file-name';
import { batchLine } from './batch-line';
import { type BatchOutput, batchOutput } from './batch-output';

export interface WriteBatchOptions {
  /** Where failures go, as in the Batch API's error file. Default: into the same file. */
  readonly errors?: string | undefined;
  /** Whether a file that is there may be replaced. Default false. */
  readonly overwrite?: boolean | undefined;
}

/**
 * Writes each row as a line of an output file of OpenAI's Batch API, and passes it on when it is written. Nothing is subscribed before the
 * files are there. Completes, or errors with what the source does, when all that was written is on the disk and the files are closed.
 * Errors when a file exists, or cannot be written. For a run that can be gone on with use `batchJournal` instead.
 *
 * @example router.parallel$(readBatch('in.jsonl')).pipe(writeBatch('out.jsonl'))
 */
export function writeBatch<Row extends FanoutResult<unknown, unknown>>(
  path: string,
  options: WriteBatchOptions = {},
): MonoTypeOperatorFunction<Row> {
  knownOptions('writeBatch', options, ['errors', 'overwrite']);
  const { errors, overwrite = false } = options;
  fileName('writeBatch: path', path);
  if (errors !== undefined) fileName('writeBatch: errors', errors);
  if (typeof (overwrite as unknown) !== 'boolean') {
    throw new TypeError(`writeBatch: overwrite must be true or false, not ${shown(overwrite)}`);
  }
  if (errors !== undefined && resolve(errors) === resolve(path))
    throw new TypeError(`writeBatch: errors must be another file than ${path}, or be left out`);
  return (rows$) =>
    defer(() => {
      const output = batchOutput(path, errors, overwrite);
      return from(output.opened).pipe(
        mergeMap(() => concat(written(rows$, output), closed(output))),
        catchError((reason: unknown) =>
          concat(
            closed(output),
            throwError(() => reason),
          ),
        ),
        finalize(() => {
          output.close().catch(() => undefined); // who has left cannot be told
        }),
      );
    });
}

function written<Row extends FanoutResult<unknown, unknown>>(
  rows$: Observable<Row>,
  output: BatchOutput,
): Observable<Row> {
  return rows$.pipe(
    mergeMap((row) => {
      const line = JSON.stringify(batchLine(row.outcome, row.request, row.index));
      return output.written$(line, row.outcome._tag === 'Left').pipe(ignoreElements(), endWith(row));
    }),
  );
}

function closed(output: BatchOutput): Observable<never> {
  return defer(output.close).pipe(ignoreElements());
}
