import { priceTable } from './price-table';
import { withLongPrompts } from './with-long-prompts';

const longPrompts = { above: 272_000, inputTimes: 2, outputTimes: 1.5 };

/**
 * Models of OpenAI that chat, at the standard rate: batch and flex cost half, priority about twice as much. Not in it are those for
 * sound, pictures and research, and fine-tuned ones.
 *
 * As of 2026-11-21. Prices: LiteLLM 1.110.2, and genai-prices 0.2.3 (checked there against developers.openai.com/api/docs/pricing in
 * October 2026), which agree. Windows: gpt-tokenizer 4.0.0 (OpenAI's own pages of August 2026) and genai-prices.
 *
 * - From GPT-5.6 on writing to the cache costs 1.25 times `input`; that is not in these numbers.
 * - From GPT-5 on only a part of the window is for the prompt: all but the longest answer (272 000 of 400 000, 922 000 of 1 050 000).
 * - GPT-5.6 Sol has a lower price for a time, promised until 2026-11-21 at least; it was 5, 0.5 and 30 before.
 */
export const openAIPrices = priceTable(
  'openai',
  {
    ...withLongPrompts(longPrompts, {
      'gpt-6.1-sol': { input: 2, cachedInput: 0.1, output: 10, contextWindow: 1_050_000, maxOutput: 128_000 },
      'gpt-6.1-terra': { input: 1, cachedInput: 0.05, output: 5, contextWindow: 1_050_000, maxOutput: 128_000 },
      'gpt-6-astra': { input: 10, cachedInput: 1, output: 50, contextWindow: 1_050_000, maxOutput: 128_000 },
      'gpt-6-sol': { input: 2, cachedInput: 0.2, output: 10, contextWindow: 1_050_000, maxOutput: 128_000 },
      'gpt-6-luna': { input: 0.1, cachedInput: 0.01, output: 0.5, contextWindow: 1_050_000, maxOutput: 128_000 },
      'gpt-5.6-sol': { input: 4, cachedInput: 0.4, output: 20, contextWindow: 1_050_000, maxOutput: 128_000 },
      'gpt-5.6-terra': { input: 2, cachedInput: 0.2, output: 12, contextWindow: 1_050_000, maxOutput: 128_000 },
      'gpt-5.6-luna': { input: 0.2, cachedInput: 0.02, output: 1.2, contextWindow: 1_050_000, maxOutput: 128_000 },
      'gpt-5.5': { input: 5, cachedInput: 0.5, output: 30, contextWindow: 1_050_000, maxOutput: 128_000 },
      'gpt-5.4': { input: 2.5, cachedInput: 0.25, output: 15, contextWindow: 1_050_000, maxOutput: 128_000 },
    }),
    'gpt-5.4-mini': { input: 0.75, cachedInput: 0.075, output: 4.5, contextWindow: 400_000, maxOutput: 128_000 },
    'gpt-5.4-nano': { input: 0.2, cachedInput: 0.02, output: 1.25, contextWindow: 400_000, maxOutput: 128_000 },
    'gpt-5.2': { input: 1.75, cachedInput: 0.175, output: 14, contextWindow: 400_000, maxOutput: 128_000 },
    'gpt-5.1': { input: 1.25, cachedInput: 0.125, output: 10, contextWindow: 400_000, maxOutput: 128_000 },
    'gpt-5': { input: 1.25, cachedInput: 0.125, output: 10, contextWindow: 400_000, maxOutput: 128_000 },
    'gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2, contextWindow: 400_000, maxOutput: 128_000 },
    'gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4, contextWindow: 400_000, maxOutput: 128_000 },
    'chat-latest': { input: 5, cachedInput: 0.5, output: 30, contextWindow: 400_000, maxOutput: 128_000 },
    o3: { input: 2, cachedInput: 0.5, output: 8, contextWindow: 200_000, maxOutput: 100_000 },
    'gpt-4.1': { input: 2, cachedInput: 0.5, output: 8, contextWindow: 1_047_576, maxOutput: 32_768 },
    'gpt-4.1-mini': { input: 0.4, cachedInput: 0.1, output: 1.6, contextWindow: 1_047_576, maxOutput: 32_768 },
    'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10, contextWindow: 128_000, maxOutput: 16_384 },
    'gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6, contextWindow: 128_000, maxOutput: 16_384 },
  },
  {
    'gpt-5.6': 'gpt-5.6-sol',
    'gpt-5.5-2026-04-23': 'gpt-5.5',
    'gpt-5.4-2026-03-05': 'gpt-5.4',
    'gpt-5.4-mini-2026-03-17': 'gpt-5.4-mini',
    'gpt-5.4-nano-2026-03-17': 'gpt-5.4-nano',
    'gpt-5.2-2025-12-11': 'gpt-5.2',
    'gpt-5.1-2025-11-13': 'gpt-5.1',
    'gpt-5-2025-08-07': 'gpt-5',
    'gpt-5-mini-2025-08-07': 'gpt-5-mini',
    'gpt-5-nano-2025-08-07': 'gpt-5-nano',
    'o3-2025-04-16': 'o3',
    'gpt-4.1-2025-04-14': 'gpt-4.1',
    'gpt-4.1-mini-2025-04-14': 'gpt-4.1-mini',
    'gpt-4o-2024-11-20': 'gpt-4o',
    'gpt-4o-2024-08-06': 'gpt-4o',
    'gpt-4o-mini-2024-07-18': 'gpt-4o-mini',
  },
);
