import { longPromptThreshold } from '../domain/long-prompt-threshold';
import { FromZero } from '../domain/numbers';
import type { LongPromptRates, Price, TokenRates } from '../domain/price';
import type { Fields } from './fields';
import { given } from './given';
import { scaled } from '../domain/scaled';

/** A price from `litellm_params` or `model_info` (USD a token there, a million tokens here); of half a price nothing. */
export function priceOf(params: Fields, info: Fields): Price | undefined {
  const perMillion = (key: string): number | undefined => {
    const inInfo = info.number(key, FromZero);
    const perToken = params.number(key, FromZero) ?? inInfo;
    return perToken === undefined ? undefined : scaled(perToken, 1_000_000);
  };
  const input = perMillion('input_cost_per_token');
  const output = perMillion('output_cost_per_token');
  const cachedInput = perMillion('cache_read_input_token_cost');
  if (input !== undefined && output !== undefined) {
    const thousands = longPromptThreshold([...params.names(), ...info.names()]);
    const longPrompt = longPromptOf(thousands, { input, output, cachedInput }, perMillion);
    return given({ input, output, cachedInput, longPrompt });
  }
  const half = input === undefined ? 'output_cost_per_token' : 'input_cost_per_token';
  if (input !== undefined || output !== undefined) {
    (params.has(half) ? params : info).unsupported(half, 'half a price: without the other half the cost is not known');
  }
  return undefined;
}

/** A rate that is not given for long prompts is the ordinary one, as LiteLLM has it. */
function longPromptOf(
  thousands: number | undefined,
  ordinary: TokenRates,
  perMillion: (key: string) => number | undefined,
): LongPromptRates | undefined {
  if (thousands === undefined) return undefined;
  const above = (key: string): number | undefined => perMillion(`${key}_above_${String(thousands)}k_tokens`);
  return given({
    above: thousands * 1000,
    input: above('input_cost_per_token') ?? ordinary.input,
    output: above('output_cost_per_token') ?? ordinary.output,
    cachedInput: above('cache_read_input_token_cost') ?? ordinary.cachedInput,
  });
}
