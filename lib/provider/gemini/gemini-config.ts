import { UnknownRecord } from 'io-ts';
import type { CompletionRequest } from '../../domain/request';
import { geminiSchema } from './gemini-schema';
import { geminiThinking } from './gemini-thinking';

type Fields = Readonly<Record<string, unknown>>;

interface GeminiConfig {
  readonly generationConfig: Fields;
  /** Fields of the request that Google has nothing like. They are left out. */
  readonly unsupported: readonly string[];
}

/** What a request wants of the generation. Fields that are not wanted are `undefined`. */
export function geminiConfig(request: CompletionRequest, model: string): GeminiConfig {
  const { stop, response_format: format, reasoning_effort: effort, logprobs, ...rest } = request;
  const form = format === undefined ? {} : formOf(format);
  const thinkingConfig = typeof effort === 'string' ? geminiThinking(model, effort) : undefined;
  const generationConfig = {
    temperature: rest.temperature ?? undefined,
    topP: rest.top_p ?? undefined,
    topK: (rest as Fields)['top_k'] ?? undefined,
    maxOutputTokens: rest.max_completion_tokens ?? rest.max_tokens ?? undefined,
    stopSequences: typeof stop === 'string' ? [stop] : (stop ?? undefined),
    candidateCount: rest.n ?? undefined,
    seed: rest.seed ?? undefined,
    presencePenalty: penalty(rest.presence_penalty),
    frequencyPenalty: penalty(rest.frequency_penalty),
    responseLogprobs: logprobs === true ? true : undefined,
    logprobs: logprobs === true ? (rest.top_logprobs ?? undefined) : undefined,
    ...form,
    thinkingConfig,
  };
  const unsupported = [
    ...(form === undefined ? ['response_format'] : []),
    ...(typeof effort === 'string' && thinkingConfig === undefined ? ['reasoning_effort'] : []),
  ];
  return { generationConfig, unsupported };
}

/** Many models refuse a penalty; 0 is none. */
function penalty(value: number | null | undefined): number | undefined {
  return value === 0 ? undefined : (value ?? undefined);
}

function formOf(format: NonNullable<CompletionRequest['response_format']>): Fields | undefined {
  if (format.type === 'text') return {};
  if (format.type === 'json_object') return { responseMimeType: 'application/json' };
  if (format.type !== 'json_schema') return undefined;
  const { json_schema: named } = format as Fields;
  const schema = UnknownRecord.is(named) ? named['schema'] : undefined;
  return { responseMimeType: 'application/json', responseJsonSchema: geminiSchema(schema) };
}
