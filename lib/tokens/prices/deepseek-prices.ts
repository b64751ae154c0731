import { priceTable } from './price-table';

/**
 * Models of DeepSeek, at the rate of its peak hours (Monday to Friday, 01:00 to 04:00 and 06:00 to 10:00 UTC): at all other times they
 * cost half. So a budget is not overspent, whatever the hour.
 *
 * As of 2026-11-21. Source: LiteLLM 1.110.2 and genai-prices 0.2.3, which agree with api-docs.deepseek.com/quick_start/pricing. The
 * names with `v4-flash` are older ones, still accepted.
 */
export const deepseekPrices = priceTable(
  'deepseek',
  {
    'deepseek-flash': { input: 0.3, cachedInput: 0.006, output: 1.2, contextWindow: 1_000_000, maxOutput: 393_216 },
    'deepseek-v4-pro': { input: 1.32, cachedInput: 0.044, output: 3.96, contextWindow: 1_000_000, maxOutput: 393_216 },
  },
  { 'deepseek-v4-flash': 'deepseek-flash', 'deepseek-v4-flash-vision-exp': 'deepseek-flash' },
);
