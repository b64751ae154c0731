import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Question } from './answer';
import { readAnthropicTools } from './anthropic-tools';
import { ask, type Said } from './ask';
import { jsonBody } from './json-body';

const content = t.union([t.string, t.array(t.UnknownRecord)]);
const message = t.type({ role: t.keyof({ user: null, assistant: null }), content });
const messagesCodec = t.array(message);
const instructionsCodec = t.union([content, t.undefined]);
type Content = t.TypeOf<typeof content>;

const output = t.union([
  t.partial({ format: t.union([t.type({ type: t.literal('json_schema'), schema: t.unknown }), t.null]) }),
  t.null,
  t.undefined,
]);
const thinking = t.union([
  t.type({ type: t.literal('enabled'), budget_tokens: t.number }),
  t.type({ type: t.keyof({ adaptive: null, disabled: null, between_tools: null }) }),
  t.undefined,
]);

/** A Messages body as it is understood. */
export interface AnthropicRequest {
  readonly question: Question;
  readonly stream: boolean;
}

/** A Messages body as a question, or Anthropic's objection to it. */
export function readAnthropicRequest(json: string): E.Either<string, AnthropicRequest> {
  const body = jsonBody(json);
  if (body === undefined) return E.left('The request body is not valid JSON');
  const { model, max_tokens: maxTokens, messages, system, thinking: mind, output_config: wanted, stream } = body;
  if (typeof model !== 'string') return E.left('model: Field required');
  if (maxTokens === undefined) return E.left('max_tokens: Field required');
  if (!isCount(maxTokens)) return E.left('max_tokens: Input should be an integer greater than or equal to 1');
  if (messages === undefined) return E.left('messages: Field required');
  if (!messagesCodec.is(messages))
    return E.left('messages: Input should be messages of the roles "user" and "assistant"');
  if (messages.length === 0) return E.left('messages: at least one message is required');
  if (!instructionsCodec.is(system)) return E.left('system: Input should be a valid string or list of blocks');
  if (!output.is(wanted)) return E.left('output_config.format: Input should have the type "json_schema"');
  if (!thinking.is(mind)) return E.left('thinking: Input should have the type "enabled", "adaptive" or "disabled"');
  if (mind?.type === 'enabled' && mind.budget_tokens >= maxTokens) {
    return E.left('`max_tokens` must be greater than `thinking.budget_tokens`');
  }
  const offered = readAnthropicTools(body);
  if (E.isLeft(offered)) return offered;
  const instructions: readonly Said[] = system === undefined ? [] : [{ by: 'other', text: textOf(system) }];
  const question = ask([...instructions, ...messages.flatMap(said)], {
    model,
    choices: 1,
    maxTokens,
    offered: offered.right,
    thinks: mind?.type === 'enabled' || mind?.type === 'adaptive',
    form: wanted?.format ?? 'any',
  });
  return E.right({ question, stream: stream === true });
}

/** A message, and after it each result of a tool that it holds. */
function said({ role, content }: t.TypeOf<typeof message>): readonly Said[] {
  const results = typeof content === 'string' ? [] : content.filter(({ type }) => type === 'tool_result');
  const text = textOf(content);
  return [
    ...(text === '' && results.length > 0
      ? []
      : [{ by: role === 'user' ? ('user' as const) : ('model' as const), text }]),
    ...results.map((result) => ({ by: 'tool' as const, text: textOf(contentOf(result)) })),
  ];
}

function contentOf({ content: given }: Readonly<Record<string, unknown>>): Content {
  return content.is(given) ? given : '';
}

function textOf(content: Content): string {
  if (typeof content === 'string') return content;
  return content.flatMap(({ text }) => (typeof text === 'string' ? [text] : [])).join('\n');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1;
}
