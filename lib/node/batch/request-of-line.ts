import { type Either, left, right } from 'fp-ts/Either';
import type { BatchRequest } from './batch-request';
import { type OtherRecord, requestOfRecord } from './request-of-record';
import { unreadableLine } from './unreadable-line';

const byteOrderMark = '\uFEFF';

/**
 * The request of a line of JSON, as `requestOfRecord` has it. A line that is no JSON stays in its place as a request that a router answers
 * with a `BadRequest`. `undefined` for a blank line.
 *
 * @param line its number, from 1
 */
export function requestOfLine(text: string, line: number, other?: OtherRecord): BatchRequest | undefined {
  const json = line === 1 && text.startsWith(byteOrderMark) ? text.slice(1) : text;
  if (json.trim() === '') return undefined;
  const record = parsed(json);
  return record._tag === 'Left' ? unreadableLine(record.left, line) : requestOfRecord(record.right, line, other);
}

function parsed(text: string): Either<string, unknown> {
  try {
    return right(JSON.parse(text) as unknown);
  } catch {
    return left(
      text.trimStart().startsWith('[') ? 'not JSON on one line: write one record a line (jq -c ".[]")' : 'not JSON',
    );
  }
}
