import { scaled } from '../../domain/scaled';
import type { LongPromptRates, PriceEntry } from '../../domain/price';

/** How much dearer a call with a long prompt is. */
export interface LongPrompts {
  /** The longest prompt that costs the ordinary price (tokens). */
  readonly above: number;
  /** How many times as much a token of a longer prompt costs, cached or not. */
  readonly inputTimes: number;
  /** And one of its answer. */
  readonly outputTimes: number;
}

/** Models whose long prompts cost more. */
export function withLongPrompts<Model extends string>(
  { above, inputTimes, outputTimes }: LongPrompts,
  models: Readonly<Record<Model, PriceEntry>>,
): Readonly<Record<Model, PriceEntry>> {
  const longPrompt = ({ input, output, cachedInput }: PriceEntry): LongPromptRates => ({
    above,
    input: scaled(input, inputTimes),
    output: scaled(output, outputTimes),
    ...(cachedInput === undefined ? {} : { cachedInput: scaled(cachedInput, inputTimes) }),
  });
  const entries: Record<Model, PriceEntry> = { ...models };
  for (const model in models) {
    entries[model] = { ...models[model], longPrompt: Object.freeze(longPrompt(models[model])) };
  }
  return entries;
}
