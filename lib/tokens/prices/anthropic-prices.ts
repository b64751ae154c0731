import { priceTable } from './price-table';
import { withLongPrompts } from './with-long-prompts';

const longPrompts = { above: 100_000, inputTimes: 5, outputTimes: 5 };

/**
 * Models of Anthropic, at the standard rate: batches cost half.
 *
 * As of 2026-11-21. Source: LiteLLM 1.110.2, and genai-prices 0.2.3 (checked there against platform.claude.com in October 2026), which
 * agree. Claude Fable 5.2 is not in LiteLLM's list: genai-prices, and two resellers that quote Anthropic's list price.
 *
 * - Writing to the cache costs 1.25 times `input` for five minutes, twice as much for an hour; that is not in these numbers.
 * - Sonnet 4.5 ends on 2026-11-30.
 */
export const anthropicPrices = priceTable(
  'anthropic',
  {
    'claude-fable-5-2': { input: 8, cachedInput: 0.2, output: 40, contextWindow: 1_000_000 },
    'claude-fable-5-1': { input: 10, cachedInput: 0.25, output: 50, contextWindow: 1_000_000, maxOutput: 128_000 },
    'claude-fable-5': { input: 10, cachedInput: 1, output: 50, contextWindow: 1_000_000, maxOutput: 128_000 },
    'claude-opus-5-5': { input: 4, cachedInput: 0.2, output: 20, contextWindow: 1_000_000, maxOutput: 128_000 },
    'claude-opus-5': { input: 5, cachedInput: 0.5, output: 25, contextWindow: 1_000_000, maxOutput: 128_000 },
    'claude-opus-4-8': { input: 5, cachedInput: 0.5, output: 25, contextWindow: 1_000_000, maxOutput: 128_000 },
    'claude-opus-4-7': { input: 5, cachedInput: 0.5, output: 25, contextWindow: 1_000_000, maxOutput: 128_000 },
    'claude-opus-4-6': { input: 5, cachedInput: 0.5, output: 25, contextWindow: 1_000_000, maxOutput: 128_000 },
    'claude-opus-4-5': { input: 5, cachedInput: 0.5, output: 25, contextWindow: 200_000, maxOutput: 64_000 },
    'claude-sonnet-5-5': { input: 2, cachedInput: 0.1, output: 10, contextWindow: 1_000_000, maxOutput: 128_000 },
    'claude-sonnet-5': { input: 2, cachedInput: 0.2, output: 10, contextWindow: 1_000_000, maxOutput: 128_000 },
    'claude-sonnet-4-6': { input: 3, cachedInput: 0.3, output: 15, contextWindow: 1_000_000, maxOutput: 128_000 },
    'claude-sonnet-4-5': { input: 3, cachedInput: 0.3, output: 15, contextWindow: 200_000, maxOutput: 64_000 },
    ...withLongPrompts(longPrompts, {
      'claude-haiku-5-5': {
        input: 0.1,
        cachedInput: 0.01,
        output: 0.5,
        contextWindow: 1_000_000,
        maxOutput: 128_000,
      },
    }),
    'claude-haiku-4-5': { input: 1, cachedInput: 0.1, output: 5, contextWindow: 200_000, maxOutput: 64_000 },
  },
  {
    'claude-opus-4-7-20260416': 'claude-opus-4-7',
    'claude-opus-4-6-20260205': 'claude-opus-4-6',
    'claude-opus-4-5-20251101': 'claude-opus-4-5',
    'claude-sonnet-4-5-20250929': 'claude-sonnet-4-5',
    'claude-haiku-4-5-20251001': 'claude-haiku-4-5',
  },
);
