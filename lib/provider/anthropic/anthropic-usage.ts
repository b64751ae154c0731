import * as t from 'io-ts';
import { FromZero } from '../../domain/numbers';
import { nullable } from '../../domain/optional';
import { addUsage, type Usage } from '../../domain/usage';

const AnthropicUsage = t.type(
  {
    input_tokens: FromZero,
    output_tokens: nullable(FromZero),
    cache_creation_input_tokens: nullable(FromZero),
    cache_read_input_tokens: nullable(FromZero),
    output_tokens_details: t.unknown,
    iterations: t.unknown,
  },
  'AnthropicUsage',
);

/**
 * The tokens that an answer took; `undefined` when the reply does not say. `input_tokens` are those that no cache had to
 * do with: the prompt is them, what was written to the cache and what was read from it. What it took to compact a long
 * conversation first is billed, but stands apart (platform.claude.com/docs/en/build-with-claude/compaction); here it is added.
 */
export function anthropicUsage(value: unknown): Usage | undefined {
  const decoded = AnthropicUsage.decode(value);
  if (decoded._tag === 'Left') return undefined;
  const usage = decoded.right;
  const cachedTokens = usage.cache_read_input_tokens ?? undefined;
  const promptTokens = usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (cachedTokens ?? 0);
  const completionTokens = usage.output_tokens ?? 0;
  const details = usage.output_tokens_details;
  const reasoningTokens = t.UnknownRecord.is(details) ? details['thinking_tokens'] : undefined;
  const own: Usage = {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    ...(cachedTokens === undefined ? {} : { cachedTokens }),
    ...(FromZero.is(reasoningTokens) ? { reasoningTokens } : {}),
  };
  return compactionsIn(usage.iterations).reduce(addUsage, own);
}

function compactionsIn(iterations: unknown): readonly Usage[] {
  if (!Array.isArray(iterations)) return [];
  return iterations
    .filter((one) => t.UnknownRecord.is(one) && one['type'] === 'compaction')
    .flatMap((one) => anthropicUsage(one) ?? []);
}
