import { priceTable } from './price-table';

/**
 * Models of Groq that chat, at the on-demand rate. Llama 3.1 and 3.3 ended on 2026-08-16.
 *
 * As of 2026-11-21. Source: LiteLLM 1.110.2, and genai-prices 0.2.3, which agree, as do the prices and limits on
 * console.groq.com/docs/models.
 */
export const groqPrices = priceTable('groq', {
  'openai/gpt-oss-120b': { input: 0.15, cachedInput: 0.075, output: 0.6, contextWindow: 131_072, maxOutput: 65_536 },
  'openai/gpt-oss-20b': { input: 0.075, cachedInput: 0.0375, output: 0.3, contextWindow: 131_072, maxOutput: 65_536 },
  'openai/gpt-oss-safeguard-20b': {
    input: 0.075,
    cachedInput: 0.0375,
    output: 0.3,
    contextWindow: 131_072,
    maxOutput: 65_536,
  },
  'qwen/qwen3.8-27b': { input: 0.8, output: 4, contextWindow: 131_072, maxOutput: 16_384 },
});
