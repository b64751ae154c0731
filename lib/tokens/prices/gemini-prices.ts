import { priceTable } from './price-table';
import { withLongPrompts } from './with-long-prompts';

const longPrompts = { above: 200_000, inputTimes: 2, outputTimes: 1.5 };

/**
 * Models of the Gemini API that chat, at the standard paid rate for text: batch and flex cost half, priority 1.8 times as much.
 *
 * As of 2026-11-21. Source: LiteLLM 1.110.2, and genai-prices 0.2.3 (checked there against ai.google.dev/gemini-api/docs/pricing in
 * October 2026), which agree. Gemini 4 Hydrogen is in LiteLLM's list alone.
 *
 * - Gemini 4 Argon: what it costs from 2026-12-01 on, when its introductory price (half of that) has ended.
 * - Gemini 3.6, 3.7 and 3.8 Flash: the introductory price, until 2026-12-31; then twice as much.
 * - Sound in a prompt costs more in some models, and keeping a cache is paid by the hour; that is not in these numbers.
 * - Up to Gemini 3 the window is what a prompt may take; the answer comes on top of it.
 */
export const geminiPrices = priceTable(
  'gemini',
  {
    'gemini-4-argon': { input: 4, cachedInput: 0.2, output: 20, contextWindow: 1_048_576, maxOutput: 1_048_576 },
    'gemini-4-hydrogen': {
      input: 1.5,
      cachedInput: 0.075,
      output: 7.5,
      contextWindow: 1_048_576,
      maxOutput: 1_048_576,
    },
    'gemini-3.8-flash': { input: 0.75, cachedInput: 0.075, output: 3.75, contextWindow: 1_048_576, maxOutput: 65_536 },
    'gemini-3.7-flash': { input: 0.75, cachedInput: 0.075, output: 3.75, contextWindow: 1_048_576, maxOutput: 65_536 },
    'gemini-3.6-flash': { input: 0.75, cachedInput: 0.075, output: 3.75, contextWindow: 1_048_576, maxOutput: 65_536 },
    'gemini-3.5-flash': { input: 1.5, cachedInput: 0.15, output: 9, contextWindow: 1_048_576, maxOutput: 65_536 },
    'gemini-3.5-flash-lite': {
      input: 0.3,
      cachedInput: 0.03,
      output: 2.5,
      contextWindow: 1_048_576,
      maxOutput: 65_536,
    },
    ...withLongPrompts(longPrompts, {
      'gemini-3.1-pro-preview': {
        input: 2,
        cachedInput: 0.2,
        output: 12,
        contextWindow: 1_048_576,
        maxOutput: 65_536,
      },
      'gemini-2.5-pro': { input: 1.25, cachedInput: 0.125, output: 10, contextWindow: 1_048_576, maxOutput: 65_536 },
    }),
    'gemini-3.1-flash-lite': {
      input: 0.25,
      cachedInput: 0.025,
      output: 1.5,
      contextWindow: 1_048_576,
      maxOutput: 65_536,
    },
    'gemini-3-flash-preview': { input: 0.5, cachedInput: 0.05, output: 3, contextWindow: 1_048_576, maxOutput: 65_536 },
    'gemini-2.5-flash': { input: 0.3, cachedInput: 0.03, output: 2.5, contextWindow: 1_048_576, maxOutput: 65_536 },
    'gemini-2.5-flash-lite': {
      input: 0.1,
      cachedInput: 0.01,
      output: 0.4,
      contextWindow: 1_048_576,
      maxOutput: 65_536,
    },
    'gemma-4-31b-it': { input: 0, output: 0, contextWindow: 262_144, maxOutput: 32_768 },
    'gemma-4-26b-a4b-it': { input: 0, output: 0, contextWindow: 262_144, maxOutput: 32_768 },
  },
  {
    'gemini-pro-latest': 'gemini-3.1-pro-preview',
    'gemini-flash-latest': 'gemini-3.8-flash',
    'gemini-flash-lite-latest': 'gemini-3.5-flash-lite',
    'gemini-3.1-pro-preview-customtools': 'gemini-3.1-pro-preview',
  },
);
