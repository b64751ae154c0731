import type { Usage } from './usage';

/** What tokens cost: USD per million. */
export interface TokenRates {
  readonly input: number;
  readonly output: number;
  /** Of input tokens that the vendor had in its cache. Default: as `input`. */
  readonly cachedInput?: number | undefined;
}

/** What a model costs: USD per million tokens. */
export interface Price extends TokenRates {
  /** What all tokens of a call cost, its answer's too, when its prompt is longer than `above` tokens. Default: the same. */
  readonly longPrompt?: LongPromptRates | undefined;
}

/** What a model costs when the prompt is long. */
export interface LongPromptRates extends TokenRates {
  /** The longest prompt that still costs the ordinary price (tokens). */
  readonly above: number;
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

/** What the tokens of a call cost whose prompt is so long (tokens). */
export function ratesAt(price: Price, promptTokens: number): TokenRates {
  const { longPrompt } = price;
  return longPrompt !== undefined && promptTokens > longPrompt.above ? longPrompt : price;
}

/** What a call costs (USD) that took this. */
export function costOf(
  {
    promptTokens,
    completionTokens,
    cachedTokens = 0,
  }: Pick<Usage, 'promptTokens' | 'completionTokens' | 'cachedTokens'>,
  price: Price,
): number {
  const { input, output, cachedInput = input } = ratesAt(price, promptTokens);
  const cached = Math.min(cachedTokens, promptTokens);
  return ((promptTokens - cached) * input + cached * cachedInput + completionTokens * output) / 1_000_000;
}
