import { FromZero } from '../domain/numbers';
import type { Price } from '../domain/price';
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
  if (input !== undefined && output !== undefined) return given({ input, output, cachedInput });
  const half = input === undefined ? 'output_cost_per_token' : 'input_cost_per_token';
  if (input !== undefined || output !== undefined) {
    (params.has(half) ? params : info).unsupported(half, 'half a price: without the other half the cost is not known');
  }
  return undefined;
}
