import { shown } from '../../domain/shown';
import { fileName } from '../file-name';
import type { BatchRequest } from './batch-request';
import { readLines } from './read-lines';
import { requestOfLine } from './request-of-line';
import type { OtherRecord } from './request-of-record';

/**
 * The requests of a file, read as they are taken: an input file of OpenAI's Batch API as it stands, or one of JSON lines with a prompt
 * (`"…"`), messages (`[…]`) or a request (`{ messages }`) each. `metadata` says which line it was. A line that cannot be read is a request
 * that a router answers with a `BadRequest` naming the line. Each iteration reads anew; leaving it closes the file. It rejects when there
 * is no such file. Throws a `TypeError` when `path` cannot be the name of one.
 *
 * @param other what to make of records of another kind; by default they are lines that cannot be read
 * @example router.parallel$(readBatch('requests.jsonl'), { concurrency: 64 })
 */
export function readBatch(path: string, other?: OtherRecord): AsyncIterable<BatchRequest> {
  fileName('readBatch: path', path);
  if (other !== undefined && typeof other !== 'function') {
    throw new TypeError(`readBatch: other must be a function, not ${shown(other)}`);
  }
  return { [Symbol.asyncIterator]: () => requestsIn(path, other) };
}

async function* requestsIn(path: string, other: OtherRecord | undefined): AsyncGenerator<BatchRequest, void> {
  for await (const lines of readLines(path)) {
    for (const { text, number } of lines) {
      const request = requestOfLine(text, number, other);
      if (request !== undefined) yield request;
    }
  }
}
