import { contextWindow } from '../../lib/tokens/context-window';
import type { PriceTable } from '../../lib/domain/price';

const price = { input: 1, output: 1 };

describe('contextWindow', () => {
  it.each<[string, number | undefined]>([
    ['openai/gpt-5-mini', 400_000],
    ['openai/gpt-5-mini-2025-08-07', 400_000],
    ['gpt-5-mini', 400_000],
    ['anthropic/claude-haiku-4-5', 200_000],
    ['claude-haiku-4-5', 200_000],
    ['groq/openai/gpt-oss-20b', 131_072],
    ['openai/gpt-oss-20b', 131_072],
    ['gpt-oss-20b', undefined],
    ['openai/claude-haiku-4-5', undefined],
    ['groq/gpt-5-mini', undefined],
    ['GPT-5-mini', undefined],
    ['gpt-5', 400_000],
    ['gpt', undefined],
    ['openai/', undefined],
    ['openai', undefined],
    ['', undefined],
    ['codestral-2508', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
    ['openai/__proto__', undefined],
  ])('of %s is %s', (model, tokens) => {
    expect(contextWindow(model)).toBe(tokens);
  });

  it('of a name alone is known when all providers that tell one agree', () => {
    const table: PriceTable = {
      'a/same': { ...price, contextWindow: 8000 },
      'b/same': { ...price, contextWindow: 8000 },
      'c/same': price,
      'a/other': { ...price, contextWindow: 8000 },
      'b/other': { ...price, contextWindow: 16_000 },
      'a/none': price,
    };
    const of = (model: string) => contextWindow(model, table);
    expect(['same', 'c/same', 'other', 'a/other', 'b/other', 'none', 'a/none', 'gpt-5'].map(of)).toEqual([
      8000,
      undefined,
      undefined,
      8000,
      16_000,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('of a key without a provider is what the table says', () => {
    expect(
      contextWindow('mine', { mine: { ...price, contextWindow: 1 }, 'a/mine': { ...price, contextWindow: 2 } }),
    ).toBe(1);
  });
});
