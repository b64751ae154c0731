import { type Either, left, right } from 'fp-ts/Either';
import * as t from 'io-ts';
import type { CompletionRequest } from '../../domain/request';
import { unreadableRequest } from '../../domain/unreadable-request';
import type { BatchRequest } from './batch-request';

/** What a record that is none of the known kinds is: a request, or `Left` what is wrong with it. */
export type OtherRecord = (record: unknown) => Either<string, CompletionRequest>;

const byteOrderMark = '\uFEFF';
const endpoint = /^(\/v1)?\/chat\/completions$/;

/**
 * The request of a line: of a Batch API file, a prompt (`"…"`), messages (`[…]`), or a body (`{ messages }`). What is none of them, and
 * what `other` cannot read either, stays in its place as a request that a router answers with a `BadRequest`. `undefined` for a blank line.
 */
export function requestOfLine(
  text: string,
  line: number,
  other: OtherRecord = unknownRecord,
): BatchRequest | undefined {
  const json = line === 1 && text.startsWith(byteOrderMark) ? text.slice(1) : text;
  if (json.trim() === '') return undefined;
  const record = parsed(json);
  return record._tag === 'Left' ? bad(record.left, line) : requestOfRecord(record.right, line, other);
}

export function requestOfRecord(record: unknown, line: number, other: OtherRecord): BatchRequest {
  const read = readRecord(record, other);
  const custom_id = idOf(record) ?? `line-${String(line)}`;
  if (read._tag === 'Left') return bad(read.left, line, custom_id);
  return { ...read.right, metadata: { custom_id, line } };
}

function readRecord(record: unknown, other: OtherRecord): Either<string, CompletionRequest> {
  if (typeof record === 'string') return right({ messages: [{ role: 'user', content: record }] });
  if (Array.isArray(record)) return right({ messages: record as CompletionRequest['messages'] });
  if (!t.UnknownRecord.is(record)) return left('neither a prompt, nor messages, nor a request');
  if ('body' in record && 'custom_id' in record) return ofBatch(record);
  return 'messages' in record ? right(withoutId(record)) : other(record);
}

function ofBatch({
  method,
  url,
  body,
  custom_id,
}: Readonly<Record<string, unknown>>): Either<string, CompletionRequest> {
  if (typeof custom_id !== 'string') return left('custom_id must be a string');
  if (method !== undefined && method !== 'POST') return left('method must be POST');
  if (url !== undefined && !(typeof url === 'string' && endpoint.test(url))) {
    return left('url must be /v1/chat/completions: no other endpoint is served');
  }
  return t.UnknownRecord.is(body) ? right(body as unknown as CompletionRequest) : left('body must be an object');
}

/** Our `metadata` takes the place of OpenAI's, which is about completions that they store. */
function withoutId({ custom_id: _, ...body }: Readonly<Record<string, unknown>>): CompletionRequest {
  return body as unknown as CompletionRequest; // checked by the router, like any other
}

function idOf(record: unknown): string | undefined {
  const { custom_id, id } = t.UnknownRecord.is(record) ? record : {};
  const own = custom_id ?? id;
  return typeof own === 'string' || typeof own === 'number' ? String(own) : undefined;
}

function unknownRecord(): Either<string, never> {
  return left('neither a line of a batch file, nor a prompt, nor { messages }');
}

function bad(problem: string, line: number, custom_id = `line-${String(line)}`): BatchRequest {
  return unreadableRequest(`line ${String(line)}: ${problem}`, { custom_id, line });
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
