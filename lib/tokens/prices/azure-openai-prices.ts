import { priceTable } from './price-table';
import { withLongPrompts } from './with-long-prompts';

const longPrompts = { above: 272_000, inputTimes: 2, outputTimes: 1.5 };

/**
 * OpenAI's models in Azure, in a global deployment: one in a data zone or a region costs a tenth more. It is the model's name that is
 * looked up, not the deployment's.
 *
 * As of 2026-11-21. Source: LiteLLM 1.110.2, and for the windows what it says of a prompt and of an answer together. The prices are
 * those of OpenAI itself, long prompts included.
 */
export const azureOpenAIPrices = priceTable(
  'azureOpenAI',
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
    'gpt-4.1': { input: 2, cachedInput: 0.5, output: 8, contextWindow: 1_047_576, maxOutput: 32_768 },
    'gpt-4.1-mini': { input: 0.4, cachedInput: 0.1, output: 1.6, contextWindow: 1_047_576, maxOutput: 32_768 },
    'gpt-4.1-nano': { input: 0.1, cachedInput: 0.025, output: 0.4, contextWindow: 1_047_576, maxOutput: 32_768 },
    'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10, contextWindow: 128_000, maxOutput: 16_384 },
    'gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6, contextWindow: 128_000, maxOutput: 16_384 },
  },
  {
    'gpt-5.6': 'gpt-5.6-sol',
    'gpt-6.1-sol-2026-09-29': 'gpt-6.1-sol',
    'gpt-6-astra-2026-09-03': 'gpt-6-astra',
    'gpt-6-sol-2026-09-22': 'gpt-6-sol',
    'gpt-6-luna-2026-09-22': 'gpt-6-luna',
    'gpt-5.6-sol-2026-07-09': 'gpt-5.6-sol',
    'gpt-5.6-terra-2026-07-09': 'gpt-5.6-terra',
    'gpt-5.6-luna-2026-07-09': 'gpt-5.6-luna',
    'gpt-5.5-2026-04-23': 'gpt-5.5',
    'gpt-5.5-2026-04-24': 'gpt-5.5',
    'gpt-5.4-2026-03-05': 'gpt-5.4',
    'gpt-5.4-mini-2026-03-17': 'gpt-5.4-mini',
    'gpt-5.4-nano-2026-03-17': 'gpt-5.4-nano',
    'gpt-5.2-2025-12-11': 'gpt-5.2',
    'gpt-5.1-2025-11-13': 'gpt-5.1',
    'gpt-5-2025-08-07': 'gpt-5',
    'gpt-5-mini-2025-08-07': 'gpt-5-mini',
    'gpt-5-nano-2025-08-07': 'gpt-5-nano',
    'gpt-4.1-2025-04-14': 'gpt-4.1',
    'gpt-4.1-mini-2025-04-14': 'gpt-4.1-mini',
    'gpt-4.1-nano-2025-04-14': 'gpt-4.1-nano',
    'gpt-4o-2024-11-20': 'gpt-4o',
    'gpt-4o-2024-08-06': 'gpt-4o',
    'gpt-4o-mini-2024-07-18': 'gpt-4o-mini',
  },
);
