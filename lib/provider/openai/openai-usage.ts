import * as t from 'io-ts';
import { FromZero } from '../../domain/numbers';
import { nullable } from '../../domain/optional';
import type { Usage } from '../../domain/usage';

const OpenAIUsage = t.type(
  {
    prompt_tokens: FromZero,
    completion_tokens: nullable(FromZero),
    total_tokens: nullable(FromZero),
    prompt_tokens_details: t.unknown,
    completion_tokens_details: t.unknown,
    /** DeepSeek's place for cached tokens. */
    prompt_cache_hit_tokens: t.unknown,
    /** Moonshot's. */
    cached_tokens: t.unknown,
  },
  'OpenAIUsage',
);

/** The tokens that a reply says it took; `undefined` when it does not say, or says what cannot be counted (`1e400`). */
export function openAIUsage(value: unknown): Usage | undefined {
  const decoded = OpenAIUsage.decode(value);
  if (decoded._tag === 'Left') return undefined;
  const usage = decoded.right;
  const cachedTokens =
    part(usage.prompt_tokens_details, 'cached_tokens') ??
    count(usage.prompt_cache_hit_tokens) ??
    count(usage.cached_tokens);
  const reasoningTokens = part(usage.completion_tokens_details, 'reasoning_tokens');
  const completionTokens = completionTokensOf(usage, reasoningTokens);
  return {
    promptTokens: usage.prompt_tokens,
    completionTokens,
    totalTokens: usage.total_tokens ?? usage.prompt_tokens + completionTokens,
    ...(cachedTokens === undefined ? {} : { cachedTokens }),
    ...(reasoningTokens === undefined ? {} : { reasoningTokens }),
  };
}

/**
 * Reasoning is part of them. xAI counts it apart, and only its total gives that away
 * (docs.x.ai, Consumption and rate limits).
 */
function completionTokensOf(
  { prompt_tokens: prompt, completion_tokens: said, total_tokens: total }: t.TypeOf<typeof OpenAIUsage>,
  reasoning = 0,
): number {
  const completion = said ?? 0;
  return total === prompt + completion + reasoning ? completion + reasoning : completion;
}

function part(details: unknown, field: string): number | undefined {
  return t.UnknownRecord.is(details) ? count(details[field]) : undefined;
}

function count(value: unknown): number | undefined {
  return FromZero.is(value) ? value : undefined;
}
