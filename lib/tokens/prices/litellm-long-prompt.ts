import { left, right, type Either } from 'fp-ts/Either';
import * as t from 'io-ts';
import { explain } from '../../domain/explain';
import { longPromptThreshold } from '../../domain/long-prompt-threshold';
import { nullable } from '../../domain/optional';
import type { LongPromptRates, TokenRates } from '../../domain/price';
import { PerMillion } from './per-million';

/**
 * What an entry of LiteLLM's list says of prompts above so many thousand tokens, or what is wrong with it. A rate that is not given there
 * is the ordinary one, as LiteLLM has it; of several thresholds the lowest is taken.
 */
export function liteLLMLongPrompt(
  entry: Readonly<Record<string, unknown>>,
  ordinary: TokenRates,
): Either<string, LongPromptRates | undefined> {
  const thousands = longPromptThreshold(Object.keys(entry));
  if (thousands === undefined) return right(undefined);
  const above = (key: string): string => `${key}_above_${String(thousands)}k_tokens`;
  const [input, output, cached] = [
    above('input_cost_per_token'),
    above('output_cost_per_token'),
    above('cache_read_input_token_cost'),
  ];
  const rate = nullable(PerMillion);
  const rates = t.type({ [input]: rate, [output]: rate, [cached]: rate }, 'an entry').decode(entry);
  if (rates._tag === 'Left') return left(explain(rates.left).join('; '));
  const cachedInput = rates.right[cached] ?? ordinary.cachedInput;
  return right({
    above: thousands * 1000,
    input: rates.right[input] ?? ordinary.input,
    output: rates.right[output] ?? ordinary.output,
    ...(cachedInput === undefined ? {} : { cachedInput }),
  });
}
