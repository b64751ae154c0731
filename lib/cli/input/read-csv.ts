import { pipeline } from 'node:stream';
import type { BatchRequest } from '../../node/index';
import { openInput } from '../../node/batch/open-input';
import { type OtherRecord, requestOfRecord } from '../../node/batch/request-of-record';
import { unreadableLine } from '../../node/batch/unreadable-line';
import { type CsvRow, csvRows } from './csv-rows';

/**
 * The requests of a CSV file whose first record names the fields, read as they are taken. A record that is not as long as that one, or not
 * well quoted, is a request that cannot be read. Each iteration reads anew; leaving it closes the file.
 */
export function readCsv(path: string, other: OtherRecord): AsyncIterable<BatchRequest> {
  return { [Symbol.asyncIterator]: () => requestsIn(path, other) };
}

async function* requestsIn(path: string, other: OtherRecord): AsyncGenerator<BatchRequest, void> {
  const file = await openInput(path);
  const rows = csvRows(path);
  const text = file.createReadStream();
  pipeline(text, rows, () => undefined); // whoever reads the rows is told
  try {
    for await (const row of rows as AsyncIterable<CsvRow>) yield requestOf(row, other);
  } finally {
    text.destroy();
    rows.destroy();
    await file.close();
  }
}

function requestOf(row: CsvRow, other: OtherRecord): BatchRequest {
  if ('record' in row) return requestOfRecord(row.record, row.line, other);
  return unreadableLine(row.problem, row.line);
}
