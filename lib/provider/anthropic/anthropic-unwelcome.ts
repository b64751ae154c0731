import type { CompletionRequest } from '../../domain/request';

/** Claude from 4.7 on. */
const unsampled = /claude-[a-z]+-(?:4[-.](?:[7-9]|\d\d)(?!\d)|[5-9])/i;

/**
 * The fields that this model, but not every one of Anthropic's, refuses: Claude from 4.7 on has done away with sampling.
 * Whether a later one takes it again only Anthropic knows, so these are sent and refused there, unless they may be left out.
 */
export function anthropicUnwelcome(
  { temperature, top_p: topP }: CompletionRequest,
  model: string,
): readonly ('temperature' | 'top_p')[] {
  if (!unsampled.test(model)) return [];
  const isDefault = { temperature: (temperature ?? 1) === 1, top_p: (topP ?? 1) >= 0.95 };
  return (['temperature', 'top_p'] as const).filter((field) => !isDefault[field]);
}
