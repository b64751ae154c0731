import { type Either, left, right } from 'fp-ts/Either';
import * as t from 'io-ts';
import type { CompletionRequest } from '../../domain/request';
import type { BatchRequest } from './batch-request';
import { unreadableLine } from './unreadable-line';

/** What a record that is none of the known kinds is: a request, or `Left` what is wrong with it. */
export type OtherRecord = (record: unknown) => Either<string, CompletionRequest>;

type Fields = Readonly<Record<string, unknown>>;

const endpoint = /^(\/v1)?\/chat\/completions$/;

/**
 * The request of a record: a line of OpenAI's Batch API, a prompt, messages, or a body; of anything else `other` makes one. What cannot be
 * read stays in its place as a request that a router answers with a `BadRequest`.
 *
 * @param line where it begins, from 1
 */
export function requestOfRecord(record: unknown, line: number, other: OtherRecord = unknownRecord): BatchRequest {
  const custom_id = idOf(record);
  const read = readRecord(record, other);
  if (read._tag === 'Left') return unreadableLine(read.left, line, custom_id);
  return { ...read.right, metadata: { custom_id: custom_id ?? `line-${String(line)}`, line } };
}

function readRecord(record: unknown, other: OtherRecord): Either<string, CompletionRequest> {
  if (typeof record === 'string') return right({ messages: [{ role: 'user', content: record }] });
  if (Array.isArray(record)) return ofMessages(record);
  if (!t.UnknownRecord.is(record)) return left('neither a prompt, nor messages, nor a request');
  if (isOfBatch(record)) return ofBatch(record);
  return Array.isArray(record['messages']) ? right(withoutName(record)) : other(record);
}

function ofMessages(list: readonly unknown[]): Either<string, CompletionRequest> {
  if (list.length > 0 && list.every((item) => t.UnknownRecord.is(item) && 'role' in item)) {
    return right({ messages: list as CompletionRequest['messages'] }); // checked by the router, like any other
  }
  return left('a list, but not of messages: write one record a line (jq -c ".[]")');
}

/** Records of a table may have a `url` or a `body` of their own. */
function isOfBatch(record: Fields): boolean {
  const { body } = record;
  return (
    (t.UnknownRecord.is(body) && Array.isArray(body['messages'])) ||
    ['custom_id', 'method', 'url'].every((name) => name in record)
  );
}

function ofBatch({ method, url, body, custom_id }: Fields): Either<string, CompletionRequest> {
  if (typeof custom_id !== 'string' || custom_id === '') return left('custom_id must be a text that is not empty');
  if (method !== undefined && method !== 'POST') return left('method must be POST');
  if (url !== undefined && !(typeof url === 'string' && endpoint.test(url))) {
    return left('url must be /v1/chat/completions: no other endpoint is served');
  }
  return t.UnknownRecord.is(body) ? right(body as unknown as CompletionRequest) : left('body must be an object');
}

/** What names the line is no field of a request. */
function withoutName({ custom_id: _, id: __, ...body }: Fields): CompletionRequest {
  return body as unknown as CompletionRequest;
}

function idOf(record: unknown): string | undefined {
  const { custom_id, id } = t.UnknownRecord.is(record) ? record : {};
  return [custom_id, id].map(nameIn).find((name) => name !== undefined);
}

function nameIn(value: unknown): string | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

function unknownRecord(): Either<string, never> {
  return left('neither a line of a batch file, nor a prompt, nor { messages }');
}
