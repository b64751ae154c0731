import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Question } from './answer';
import { ask, type Form, type Said } from './ask';
import { jsonBody } from './json-body';
import { objectTo, type OpenAIError } from './openai-refusal';
import { readOpenAITools } from './openai-tools';

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

const streamOptions = t.union([t.undefined, t.null, t.partial({ include_usage: t.boolean })]);

/** A chat-completions body as it is understood. */
export interface OpenAIRequest {
  readonly question: Question;
  /** Whether the answer is wanted as a stream, and then, with its usage or without; `undefined`: whole. */
  readonly stream?: { readonly withUsage: boolean };
}

/** A chat-completions body as a question, or OpenAI's objection to it. */
export function readOpenAIRequest(json: string): E.Either<OpenAIError, OpenAIRequest> {
  const body = jsonBody(json);
  if (body === undefined) return objectTo('We could not parse the JSON body of your request.', null, null);
  const { model, n, stream, messages: said, stream_options: options, response_format: wanted } = body;
  const limit = body['max_completion_tokens'] ?? body['max_tokens'] ?? Infinity;
  if (typeof model !== 'string') return objectTo('You must provide a model parameter.', null, null);
  if (said === undefined) {
    return objectTo("Missing required parameter: 'messages'.", 'messages', 'missing_required_parameter');
  }
  if (!messages.is(said)) {
    return objectTo("Invalid type for 'messages': expected an array of messages.", 'messages', 'invalid_type');
  }
  if (said.length === 0) {
    return objectTo("Invalid 'messages': empty array. Expected at least one message.", 'messages', 'empty_array');
  }
  if (!isOptional(stream)) return objectTo("Invalid type for 'stream': expected a boolean.", 'stream', 'invalid_type');
  if (options != null && stream !== true) {
    return objectTo("'stream_options' is only allowed when 'stream' is enabled.", 'stream_options', null);
  }
  if (!streamOptions.is(options)) return objectTo("Invalid 'stream_options'.", 'stream_options', 'invalid_type');
  if (!isCount(n ?? 1, 128)) return objectTo("Invalid 'n': expected an integer from 1 to 128.", 'n', 'invalid_value');
  if (!isCount(limit, Infinity)) {
    return objectTo("Invalid 'max_tokens': expected an integer from 1.", 'max_tokens', 'invalid_value');
  }
  if (!format.is(wanted)) return objectTo("Invalid 'response_format'.", 'response_format', 'invalid_value');
  const offered = readOpenAITools(body);
  if (E.isLeft(offered)) return offered;
  const question = ask(
    said.map((each) => ({ by: speakers[each.role] ?? 'other', text: textOf(each) })),
    {
      model,
      choices: Number(n ?? 1),
      maxTokens: Number(limit),
      offered: offered.right,
      thinks: typeof body['reasoning_effort'] === 'string' && body['reasoning_effort'] !== 'none',
      form: formOf(wanted),
    },
  );
  return E.right(stream === true ? { question, stream: { withUsage: options?.include_usage === true } } : { question });
}

const speakers: Readonly<Record<string, Said['by']>> = { user: 'user', assistant: 'model', tool: 'tool' };

function formOf(wanted: t.TypeOf<typeof format>): Form {
  if (wanted?.type === 'json_schema') return { schema: wanted.json_schema.schema };
  if (wanted?.type === 'json_object') return { schema: undefined };
  return wanted == null ? 'any' : 'prose';
}

function textOf(said: Message | undefined): string {
  if (said?.content == null) return '';
  if (typeof said.content === 'string') return said.content;
  return said.content.map((part) => (typeof part['text'] === 'string' ? part['text'] : '')).join('\n');
}

function isOptional(flag: unknown): boolean {
  return flag == null || typeof flag === 'boolean';
}

function isCount(value: unknown, most: number): boolean {
  return typeof value === 'number' && value >= 1 && value <= most && (Number.isInteger(value) || value === Infinity);
}
