import { left, right, type Either } from 'fp-ts/Either';
import * as t from 'io-ts';
import { explain } from '../../domain/explain';
import { CountFromOne } from '../../domain/numbers';
import { nullable } from '../../domain/optional';
import type { PriceEntry, TokenRates } from '../../domain/price';
import { wholeWindow } from '../../domain/whole-window';
import { liteLLMLongPrompt } from './litellm-long-prompt';
import { PerMillion } from './per-million';

const Costs = t.type(
  {
    input_cost_per_token: PerMillion,
    output_cost_per_token: PerMillion,
    cache_read_input_token_cost: nullable(PerMillion),
  },
  'an entry',
);

/**
 * What an entry of LiteLLM's list says of a model, or what is wrong with its price. Half a price is none. A limit that is no whole number
 * from 1 is not known; so is one that only `max_tokens` could tell, which may be that of the prompt or of the answer.
 */
export function liteLLMPrice(entry: Readonly<Record<string, unknown>>): Either<string, PriceEntry> {
  const costs = Costs.decode(entry);
  if (costs._tag === 'Left') return left(explain(costs.left).join('; '));
  const { input_cost_per_token: input, output_cost_per_token: output } = costs.right;
  const cached = costs.right.cache_read_input_token_cost ?? undefined;
  const rates: TokenRates = { input, output, ...(cached === undefined ? {} : { cachedInput: cached }) };
  const longPrompt = liteLLMLongPrompt(entry, rates);
  if (longPrompt._tag === 'Left') return longPrompt;
  const prompt = limit(entry, 'max_input_tokens');
  const legacy = limit(entry, 'max_tokens');
  const maxOutput = limit(entry, 'max_output_tokens') ?? (isBelow(legacy, prompt) ? legacy : undefined);
  const contextWindow = wholeWindow(prompt, maxOutput);
  return right({
    ...rates,
    ...(longPrompt.right === undefined ? {} : { longPrompt: longPrompt.right }),
    ...(contextWindow === undefined ? {} : { contextWindow }),
    ...(maxOutput === undefined ? {} : { maxOutput }),
  });
}

function limit(entry: Readonly<Record<string, unknown>>, key: string): number | undefined {
  const value = entry[key];
  const count = typeof value === 'string' ? Number(value) : value;
  return CountFromOne.is(count) ? count : undefined;
}

/** Of the two that `max_tokens` may be it is then not the prompt's. */
function isBelow(count: number | undefined, prompt: number | undefined): boolean {
  return count !== undefined && prompt !== undefined && count < prompt;
}
