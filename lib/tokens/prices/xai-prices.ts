import { priceTable } from './price-table';
import { withLongPrompts } from './with-long-prompts';

const longPrompts = { above: 199_999, inputTimes: 2, outputTimes: 2 };

/**
 * Models of xAI that chat: batches cost a fifth less. It has no longest answer.
 *
 * As of 2026-11-21. Source: LiteLLM 1.110.2 (from api.x.ai/v1/language-models), and genai-prices 0.2.3, which agree. A request from
 * 200 000 tokens on costs twice as much.
 */
export const xaiPrices = priceTable(
  'xai',
  withLongPrompts(longPrompts, {
    'grok-4.7': { input: 2, cachedInput: 0.5, output: 6, contextWindow: 500_000 },
    'grok-4.6': { input: 2, cachedInput: 0.5, output: 6, contextWindow: 500_000 },
    'grok-4.5': { input: 2, cachedInput: 0.3, output: 6, contextWindow: 500_000 },
    'grok-4.3': { input: 1.25, cachedInput: 0.2, output: 2.5, contextWindow: 1_000_000 },
    'grok-4.20': { input: 1.25, cachedInput: 0.2, output: 2.5, contextWindow: 1_000_000 },
    'grok-build-0.1': { input: 1, cachedInput: 0.2, output: 2, contextWindow: 256_000 },
  }),
  {
    'grok-4.5-latest': 'grok-4.5',
    'grok-4.3-latest': 'grok-4.3',
    'grok-4.20-0309': 'grok-4.20',
    'grok-4.20-reasoning': 'grok-4.20',
    'grok-4.20-reasoning-latest': 'grok-4.20',
    'grok-4.20-0309-reasoning': 'grok-4.20',
    'grok-4.20-non-reasoning': 'grok-4.20',
    'grok-4.20-non-reasoning-latest': 'grok-4.20',
    'grok-4.20-0309-non-reasoning': 'grok-4.20',
  },
);
