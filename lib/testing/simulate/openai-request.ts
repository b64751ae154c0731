import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { estimateTokens } from '../estimate-tokens';
import type { Question } from './answer';
import type { OpenAIError } from './openai-refusal';

const content = t.union([t.string, t.array(t.UnknownRecord), t.null, t.undefined]);
const message = t.intersection([t.type({ role: t.string }), t.partial({ content })]);
const messages = t.array(message, 'messages');
type Message = t.TypeOf<typeof message>;

const format = t.union([
  t.undefined,
  t.null,
  t.type({ type: t.literal('text') }),
  t.type({ type: t.literal('json_object') }),
  t.type({ type: t.literal('json_schema'), json_schema: t.partial({ schema: t.unknown }) }),
]);

/** The form that is wanted when a prompt says no more than JSON. */
const feedbackSchema = {
  type: 'object',
  properties: { summary: { type: 'string' }, category: { type: 'string' }, sentiment: { type: 'string' } },
};

/** A chat-completions body as a question, or OpenAI's objection to it. */
export function readOpenAIRequest(json: string): E.Either<OpenAIError, Question> {
  const body = parse(json);
  if (body === undefined) return objection('We could not parse the JSON body of your request.', null, null);
  const { model, n, stream } = body;
  const limit = body['max_completion_tokens'] ?? body['max_tokens'] ?? Infinity;
  if (typeof model !== 'string') return objection('You must provide a model parameter.', null, null);
  if (body['messages'] === undefined) {
    return objection("Missing required parameter: 'messages'.", 'messages', 'missing_required_parameter');
  }
  if (!messages.is(body['messages'])) {
    return objection("Invalid type for 'messages': expected an array of messages.", 'messages', 'invalid_type');
  }
  if (body['messages'].length === 0) {
    return objection("Invalid 'messages': empty array. Expected at least one message.", 'messages', 'empty_array');
  }
  if (stream === true) {
    return objection('This simulated provider does not stream yet.', 'stream', 'unsupported_value');
  }
  if (!isCount(n ?? 1, 128)) return objection("Invalid 'n': expected an integer from 1 to 128.", 'n', 'invalid_value');
  if (!isCount(limit, Infinity)) {
    return objection("Invalid 'max_tokens': expected an integer from 1.", 'max_tokens', 'invalid_value');
  }
  const wanted = body['response_format'];
  if (!format.is(wanted)) return objection("Invalid 'response_format'.", 'response_format', 'invalid_value');
  return E.right({
    model,
    prompt: textOf(body['messages'].filter(({ role }) => role === 'user').at(-1)),
    promptTokens: body['messages'].reduce((sum, each) => sum + estimateTokens(textOf(each)) + 4, 0), // 4: role and separators
    choices: Number(n ?? 1),
    maxTokens: Number(limit),
    schema: schemaFor(wanted, body['messages']),
  });
}

function schemaFor(wanted: t.TypeOf<typeof format>, asked: readonly Message[]): unknown {
  if (wanted?.type === 'json_schema') return wanted.json_schema.schema ?? feedbackSchema;
  if (wanted?.type === 'json_object') return feedbackSchema;
  const asksForJson = wanted == null && asked.some((each) => /\bJSON\b/.test(textOf(each)));
  return asksForJson ? feedbackSchema : undefined;
}

function textOf(said: Message | undefined): string {
  if (said?.content == null) return '';
  if (typeof said.content === 'string') return said.content;
  return said.content.map((part) => (typeof part['text'] === 'string' ? part['text'] : '')).join('\n');
}

function parse(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return t.UnknownRecord.is(value) && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown, most: number): boolean {
  return typeof value === 'number' && value >= 1 && value <= most && (Number.isInteger(value) || value === Infinity);
}

function objection(text: string, param: string | null, code: string | null): E.Either<OpenAIError, never> {
  return E.left({ message: text, type: 'invalid_request_error', param, code });
}
