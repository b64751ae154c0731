import type { Usage } from './usage';

/** What a model costs: USD per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** Of input tokens that the vendor had in its cache. Default: as `input`. */
  readonly cachedInput?: number | undefined;
}

/** What is known of a vendor's model. */
export interface PriceEntry extends Price {
  /** The longest conversation it takes, answer included (tokens). */
  readonly contextWindow?: number | undefined;
  /** The longest answer (tokens). */
  readonly maxOutput?: number | undefined;
}

/** Prices by `provider/model`, e.g. `openai/gpt-5-mini`. */
export type PriceTable = Readonly<Record<string, PriceEntry>>;

/** What a usage costs (USD). */
export function costOf({ promptTokens, completionTokens, cachedTokens = 0 }: Usage, price: Price): number {
  const cached = Math.min(cachedTokens, promptTokens);
  const input = (promptTokens - cached) * price.input + cached * (price.cachedInput ?? price.input);
  return (input + completionTokens * price.output) / 1_000_000;
}
