import type { TokenFamily } from './token-family';

/** Claude before 4.7. */
export const oldClaude: TokenFamily = {
  name: 'Claude up to 4.6',
  models: ['claude'],
  providers: [],
  rules: 'anthropic',
  encoding: 'o200k_base',
  factor: 1.2,
  perRequest: 3,
  perMessage: 4,
  perName: 0,
  error: 'Within 10 % for English, code and JSON; tools within 15 %.',
  source:
    "Anthropic's counting endpoint beside OpenAI's: 1.17 for text, 1.22 for JSON, 1.25 for YAML (tensorzero.com, April 2026); 1.16 for English, 1.30 for Python (VentureBeat, May 2025).",
};
