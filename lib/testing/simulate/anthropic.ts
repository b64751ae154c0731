import * as E from 'fp-ts/Either';
import { anthropicMessage } from './anthropic-message';
import { anthropicError, refuseAnthropic } from './anthropic-refusal';
import { readAnthropicRequest } from './anthropic-request';
import { anthropicStream } from './anthropic-stream';
import type { Arrived, Reading, WireFormat } from './wire-format';

/** Anthropic's Messages. */
export const anthropicFormat: WireFormat = {
  owns: (path) => /^\/v1\/messages(\/|$)/.test(path),
  keyOf: ({ headers }) =>
    typeof headers['x-api-key'] === 'string'
      ? headers['x-api-key']
      : /^Bearer (.+)$/i.exec(String(headers['authorization'] ?? ''))?.[1],
  read,
  refuse: refuseAnthropic,
};

function read(arrived: Arrived): Reading {
  const { method, path, headers, body, requestId } = arrived;
  const object = (message: string): Reading => ({
    kind: 'reply',
    reply: anthropicError(400, 'invalid_request_error', message, arrived),
  });
  if (`${method} ${path}` !== 'POST /v1/messages') {
    return { kind: 'reply', reply: refuseAnthropic({ status: 404, address: `${method} ${path}` }, arrived) };
  }
  if (headers['anthropic-version'] === undefined) return object('anthropic-version: header is required');
  const decoded = readAnthropicRequest(body);
  if (E.isLeft(decoded)) return object(decoded.left);
  const { question, stream } = decoded.right;
  return {
    kind: 'question',
    question,
    write: ([answer], marks) => {
      const message = anthropicMessage(question, answer, marks);
      return stream
        ? anthropicStream(message, requestId, refuseAnthropic({ status: 529 }, arrived).body)
        : { status: 200, headers: { 'request-id': requestId }, body: JSON.stringify(message) };
    },
  };
}
