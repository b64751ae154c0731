import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { parse } from 'csv-parse';
import type { BatchRequest } from '../../node/index';
import { type OtherRecord, requestOfRecord } from '../../node/batch/request-of-line';

/** A record, and where it was. */
interface Parsed {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/** The requests of a CSV file whose first record names the fields. A record of another length is one that cannot be read. */
export function readCsv(path: string, other: OtherRecord): AsyncIterable<BatchRequest> {
  return { [Symbol.asyncIterator]: () => requestsIn(path, other) };
}

/** @param columns the names of the fields, when they are known */
async function* requestsIn(path: string, other: OtherRecord): AsyncGenerator<BatchRequest, void> {
  await stat(path).catch(() => {
    throw new Error(`there is no file ${path}`);
  });
  const file = createReadStream(path);
  const parser = file.pipe(
    parse({ columns: true, bom: true, info: true, skip_empty_lines: true, relax_column_count: true }),
  );
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>)
      yield requestOfRecord(record, info.lines, other);
  } finally {
    file.destroy();
    parser.destroy();
  }
}
