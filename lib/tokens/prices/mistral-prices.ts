import { priceTable } from './price-table';

/**
 * Models of Mistral that chat: batches cost half, the regional addresses a tenth more.
 *
 * As of 2026-11-21. Source: LiteLLM 1.110.2, and genai-prices 0.2.3 (which gives docs.mistral.ai/inference/pricing and
 * mistral.ai/pricing/api), where they agree; so `mistral-large-latest` and `mistral-medium` are not in it, and Codestral has no window.
 * Mistral states no longest answer.
 */
export const mistralPrices = priceTable(
  'mistral',
  {
    'mistral-large-4': { input: 0.7, cachedInput: 0.07, output: 2.1, contextWindow: 1_048_576 },
    'mistral-large-2512': { input: 0.5, cachedInput: 0.05, output: 1.5, contextWindow: 262_144 },
    'mistral-medium-3-5': { input: 1.5, cachedInput: 0.15, output: 7.5, contextWindow: 262_144 },
    'mistral-small-2603': { input: 0.15, cachedInput: 0.015, output: 0.6, contextWindow: 262_144 },
    'ministral-14b-2512': { input: 0.2, cachedInput: 0.02, output: 0.2, contextWindow: 262_144 },
    'ministral-8b-2512': { input: 0.15, cachedInput: 0.015, output: 0.15, contextWindow: 262_144 },
    'ministral-3b-2512': { input: 0.1, cachedInput: 0.01, output: 0.1, contextWindow: 131_072 },
    'codestral-2508': { input: 0.3, cachedInput: 0.03, output: 0.9 },
  },
  {
    'mistral-large-4-0': 'mistral-large-4',
    'mistral-medium-latest': 'mistral-medium-3-5',
    'mistral-medium-2604': 'mistral-medium-3-5',
    'mistral-medium-3': 'mistral-medium-3-5',
    'mistral-medium-3.5': 'mistral-medium-3-5',
    'mistral-small-latest': 'mistral-small-2603',
    'ministral-14b-latest': 'ministral-14b-2512',
    'ministral-8b-latest': 'ministral-8b-2512',
    'ministral-3b-latest': 'ministral-3b-2512',
    'codestral-latest': 'codestral-2508',
  },
);
