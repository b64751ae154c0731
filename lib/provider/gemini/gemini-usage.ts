import * as t from 'io-ts';
import { FromZero } from '../../domain/numbers';
import { nullable } from '../../domain/optional';
import type { Usage } from '../../domain/usage';

const count = nullable(FromZero);

const UsageMetadata = t.type(
  {
    promptTokenCount: FromZero,
    toolUsePromptTokenCount: count,
    candidatesTokenCount: count,
    thoughtsTokenCount: count,
    totalTokenCount: count,
    cachedContentTokenCount: count,
  },
  'UsageMetadata',
);

/**
 * The tokens that a reply says it took so far; `undefined` when it does not say, or says what cannot be counted. Google counts
 * thoughts beside the candidates and tools' results beside the prompt; here they are parts of them, so that the total adds up.
 */
export function geminiUsage(value: unknown): Usage | undefined {
  const decoded = UsageMetadata.decode(value);
  if (decoded._tag === 'Left') return undefined;
  const { cachedContentTokenCount: cached, thoughtsTokenCount: thoughts, ...usage } = decoded.right;
  const promptTokens = usage.promptTokenCount + (usage.toolUsePromptTokenCount ?? 0);
  const completionTokens = (usage.candidatesTokenCount ?? 0) + (thoughts ?? 0);
  return {
    promptTokens,
    completionTokens,
    totalTokens: usage.totalTokenCount ?? promptTokens + completionTokens,
    ...(typeof cached === 'number' ? { cachedTokens: cached } : {}),
    ...(typeof thoughts === 'number' ? { reasoningTokens: thoughts } : {}),
  };
}
