import type { PriceTable } from '../../domain/price';
import { anthropicPrices } from './anthropic-prices';
import { azureOpenAIPrices } from './azure-openai-prices';
import { deepseekPrices } from './deepseek-prices';
import { geminiPrices } from './gemini-prices';
import { groqPrices } from './groq-prices';
import { mistralPrices } from './mistral-prices';
import { openAIPrices } from './openai-prices';
import { xaiPrices } from './xai-prices';

/**
 * What the models that people use cost (USD per million tokens) and take, by `provider/model`, as of `pricesAsOf`. For the `prices` of
 * `createRouter`, which knows none by itself.
 *
 * The numbers are list prices of ordinary calls, with those of long prompts (`longPrompt`) where a vendor asks more for them. Where it asks
 * less at certain hours, it is the higher price. What could not be found is not there. The vendors' files say where each number is from,
 * and what it leaves out.
 *
 * @example
 * createRouter({ deployments, prices: { ...prices, 'openai/ft:gpt-4o-mini-2024-07-18:mine::8x': { input: 0.3, output: 1.2 } } });
 */
export const prices: PriceTable = Object.freeze({
  ...openAIPrices,
  ...azureOpenAIPrices,
  ...anthropicPrices,
  ...geminiPrices,
  ...groqPrices,
  ...mistralPrices,
  ...deepseekPrices,
  ...xaiPrices,
});
