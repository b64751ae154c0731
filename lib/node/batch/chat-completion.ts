import type { Completion } from '../../domain/completion';
import type { Usage } from '../../domain/usage';

/** A completion as OpenAI's API has it, for whoever reads its files. */
export function chatCompletion({ id, created, model, choices, usage }: Completion): Readonly<Record<string, unknown>> {
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices,
    ...(usage === undefined ? {} : { usage: openAIUsage(usage) }),
  };
}

function openAIUsage(usage: Usage): Readonly<Record<string, unknown>> {
  const { promptTokens, completionTokens, totalTokens, cachedTokens, reasoningTokens } = usage;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: totalTokens,
    ...(cachedTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: cachedTokens } }),
    ...(reasoningTokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  };
}

/** The completion in what `chatCompletion` has made; whether it is one is for its reader to check. */
export function completionIn(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { object: _, usage, ...rest } = body;
  return isFields(usage) ? { ...rest, usage: usageIn(usage) } : rest;
}

function usageIn(usage: Fields): Fields {
  const cached = isFields(usage['prompt_tokens_details']) ? usage['prompt_tokens_details']['cached_tokens'] : undefined;
  const details = usage['completion_tokens_details'];
  const reasoning = isFields(details) ? details['reasoning_tokens'] : undefined;
  return {
    promptTokens: usage['prompt_tokens'],
    completionTokens: usage['completion_tokens'],
    totalTokens: usage['total_tokens'],
    ...(cached === undefined ? {} : { cachedTokens: cached }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
