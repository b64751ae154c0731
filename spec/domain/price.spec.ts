import fc from 'fast-check';
import { costOf, type Price } from '../../lib/domain/price';

const longPrompt = { above: 200_000, input: 4, output: 18, cachedInput: 0.4 };
const price: Price = { input: 2, output: 12, cachedInput: 0.2, longPrompt };
const million = 1_000_000;

describe('what a call costs', () => {
  it.each<[string, Price, number, number, number, number]>([
    ['each side at its price', { input: 2, output: 12 }, 500, 100, 0, 500 * 2 + 100 * 12],
    ['cached tokens at theirs', price, 500, 0, 400, 100 * 2 + 400 * 0.2],
    ['cached tokens as any other, where they have none', { input: 2, output: 12 }, 500, 0, 400, 500 * 2],
    ['no more cached tokens than were read', price, 500, 0, 600, 500 * 0.2],
    ['a prompt that is just not long', price, 200_000, 100, 0, 200_000 * 2 + 100 * 12],
    ['a long one: all of it, and the answer', price, 200_001, 100, 0, 200_001 * 4 + 100 * 18],
    ['a long one, cached', price, 300_000, 0, 100_000, 200_000 * 4 + 100_000 * 0.4],
    [
      'a long one, cached at no price of its own',
      { ...price, longPrompt: { above: 9, input: 4, output: 18 } },
      10,
      0,
      5,
      40,
    ],
    ['a long answer makes no long prompt', price, 100, 300_000, 0, 100 * 2 + 300_000 * 12],
  ])('%s', (_, its, promptTokens, completionTokens, cachedTokens, expected) => {
    expect(costOf({ promptTokens, completionTokens, cachedTokens }, its) * million).toBeCloseTo(expected, 6);
  });

  it('grows with the prompt, and is never less for what was not cached', () => {
    const tokens = fc.nat(400_000);
    fc.assert(
      fc.property(tokens, tokens, tokens, tokens, (promptTokens, more, completionTokens, cachedTokens) => {
        const cost = costOf({ promptTokens, completionTokens }, price);
        expect(costOf({ promptTokens: promptTokens + more, completionTokens }, price)).toBeGreaterThanOrEqual(cost);
        expect(costOf({ promptTokens, completionTokens, cachedTokens }, price)).toBeLessThanOrEqual(cost);
      }),
    );
  });
});
