import type { TokenFamily } from './token-family';

/** Claude from 4.7 on, whose tokenizer is another. */
export const newClaude: TokenFamily = {
  name: 'Claude 4.7 and later',
  models: ['claude'],
  providers: ['anthropic'],
  rules: 'anthropic',
  encoding: 'o200k_base',
  factor: 1.55,
  perRequest: 3,
  perMessage: 4,
  perName: 0,
  error:
    'Within 10 % for English, code and JSON, up to 30 % too high for Chinese, Japanese and Korean; tools within 15 %.',
  source:
    'Anthropic\'s counting endpoint beside OpenAI\'s: 1.57 for text (tensorzero.com, April 2026); Anthropic, "Token counting": about 30 % more than its earlier models.',
};
