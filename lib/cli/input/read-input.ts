import { type Either, left, map } from 'fp-ts/Either';
import * as t from 'io-ts';
import type { CompletionRequest } from '../../index';
import { readBatch, type BatchRequest } from '../../node/index';
import { UsageError } from '../usage-error';
import { fieldNames } from './field-names';
import { field, template, type Template } from './template';
import { readCsv } from './read-csv';

/** How records become prompts. */
export interface InputOptions {
  /** The field that is the prompt. */
  readonly field?: string | undefined;
  /** A prompt with fields in it. */
  readonly template?: string | undefined;
}

/**
 * The requests of a file, read as they are taken: JSON lines, or CSV by its name. Records that are no requests become prompts by a field or
 * a template; one that cannot be read keeps its place as a request that fails with the number of its line.
 */
export function readInput(path: string, options: InputOptions): AsyncIterable<BatchRequest> {
  const prompt = promptOf(options);
  const other = (record: unknown): Either<string, CompletionRequest> => {
    if (!t.UnknownRecord.is(record)) return left('neither a prompt, nor messages, nor a record');
    if (prompt === undefined)
      return left(`no request: say --field or --template; its fields are ${fieldNames(record)}`);
    return map((text: string): CompletionRequest => ({ messages: [{ role: 'user', content: text }] }))(prompt(record));
  };
  return isCsv(path) ? readCsv(path, other) : readBatch(path, other);
}

export function isCsv(path: string): boolean {
  return path.toLowerCase().endsWith('.csv');
}

function promptOf(options: InputOptions): Template | undefined {
  if (options.field !== undefined && options.template !== undefined) {
    throw new UsageError('--field and --template are two ways to say the same: give one of them');
  }
  if (options.template !== undefined) return template(options.template);
  return options.field === undefined ? undefined : field(options.field);
}
