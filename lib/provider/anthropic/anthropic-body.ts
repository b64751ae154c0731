import * as t from 'io-ts';
import type { CompletionRequest } from '../../domain/request';
import { anthropicConversation } from './anthropic-conversation';
import { anthropicOutputSchema } from './anthropic-output-schema';
import { anthropicThinking } from './anthropic-thinking';
import { anthropicTools } from './anthropic-tools';
import { anthropicUnserved } from './anthropic-unserved';
import { anthropicUnwelcome } from './anthropic-unwelcome';
import type { CallOptions } from '../provider';

type Fields = Readonly<Record<string, unknown>>;

interface AnthropicBody {
  readonly body: Fields;
  /** What of the request Anthropic cannot serve; it is not in the body. */
  readonly unserved: readonly string[];
}

interface Wanted extends Pick<CallOptions, 'stream' | 'dropUnsupported'> {
  readonly model: string;
  /** The default of the deployment. */
  readonly maxTokens: number;
}

/**
 * OpenAI's request as the body of Anthropic's Messages API; fields without a value are `undefined`. Fields that are not
 * OpenAI's (`top_k`, `thinking`, `mcp_servers` …) are passed on as they are, and outdo what is made here.
 */
export function anthropicBody(
  request: CompletionRequest,
  { model, stream, maxTokens, dropUnsupported }: Wanted,
): AnthropicBody {
  const { system, messages, unserved } = anthropicConversation(request.messages, model);
  const { response_format: format, reasoning_effort: effort, stop } = request;
  const others = Object.fromEntries(Object.entries(request).filter(([field]) => !openAIs.has(field)));
  const unwelcome = dropUnsupported === true ? anthropicUnwelcome(request, model) : [];
  const thinking = typeof effort === 'string' ? anthropicThinking(effort, model) : undefined;
  const schema = format === undefined ? undefined : anthropicOutputSchema(format);
  return {
    body: {
      model,
      max_tokens: tokenLimit(request, maxTokens, budgetIn(others['thinking'] ?? thinking?.thinking), thinking?.tokens),
      system: system.length === 0 ? undefined : system,
      messages,
      temperature: request.temperature ?? undefined,
      top_p: request.top_p ?? undefined,
      ...Object.fromEntries(unwelcome.map((field) => [field, undefined])),
      stop_sequences: typeof stop === 'string' ? [stop] : stop?.length === 0 ? undefined : (stop ?? undefined),
      ...anthropicTools(request),
      thinking: thinking?.thinking,
      ...outputConfig(thinking?.effort, schema),
      metadata: request.user === undefined ? undefined : { user_id: request.user },
      stream: stream ? true : undefined,
      ...others,
    },
    unserved: [...anthropicUnserved(request, model), ...unwelcome, ...unserved],
  };
}

/** Fields with a meaning of their own here, and those that mean nothing beyond this process. */
const openAIs: ReadonlySet<string> = new Set<keyof CompletionRequest>([
  'messages',
  'model',
  'temperature',
  'top_p',
  'max_tokens',
  'max_completion_tokens',
  'n',
  'stop',
  'seed',
  'stream',
  'stream_options', // `include_usage`: Anthropic always does
  'frequency_penalty',
  'presence_penalty',
  'logit_bias',
  'logprobs',
  'top_logprobs',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'reasoning_effort',
  'user',
  'metadata',
  'routing',
]);

/**
 * Thinking takes its tokens from `max_tokens`, which Anthropic wants to be more than the budget: it is added to the
 * default, and to a limit that would leave nothing to answer with.
 */
function tokenLimit(
  { max_completion_tokens: newer, max_tokens: older }: CompletionRequest,
  byDefault: number,
  budget: number,
  likely = budget,
): number {
  const given = newer ?? older ?? undefined;
  if (given === undefined) return byDefault + Math.max(budget, likely);
  return given > budget ? given : given + budget;
}

function budgetIn(thinking: unknown): number {
  const budget = t.UnknownRecord.is(thinking) ? thinking['budget_tokens'] : undefined;
  return typeof budget === 'number' ? budget : 0;
}

function outputConfig(effort: string | undefined, schema: Fields | undefined): Fields {
  if (effort === undefined && schema === undefined) return {};
  return {
    output_config: {
      ...(effort === undefined ? {} : { effort }),
      ...(schema === undefined ? {} : { format: { type: 'json_schema', schema } }),
    },
  };
}
