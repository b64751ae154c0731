import fc from 'fast-check';
import { addUsage, noUsage, Usage } from '../../lib/domain/usage';

const count = fc.nat(10_000);
const usage: fc.Arbitrary<Usage> = fc.record(
  {
    promptTokens: count,
    completionTokens: count,
    totalTokens: count,
    cachedTokens: count,
    reasoningTokens: count,
    estimated: fc.constant(true as const),
  },
  { requiredKeys: ['promptTokens', 'completionTokens', 'totalTokens'] },
);

describe('addUsage', () => {
  it('adds what both know, keeps what one knows, and says when a part is an estimate', () => {
    const a = { promptTokens: 1, completionTokens: 2, totalTokens: 3, cachedTokens: 4 };
    const b = { promptTokens: 10, completionTokens: 20, totalTokens: 30, reasoningTokens: 5, estimated: true as const };
    expect(addUsage(a, b)).toEqual({
      promptTokens: 11,
      completionTokens: 22,
      totalTokens: 33,
      cachedTokens: 4,
      reasoningTokens: 5,
      estimated: true,
    });
  });

  it('law: is associative and commutative, and noUsage is neutral', () => {
    fc.assert(
      fc.property(usage, usage, usage, (a, b, c) => {
        expect(addUsage(addUsage(a, b), c)).toEqual(addUsage(a, addUsage(b, c)));
        expect(addUsage(a, b)).toEqual(addUsage(b, a));
        expect([addUsage(a, noUsage), addUsage(noUsage, a)]).toEqual([a, a]);
      }),
    );
  });

  it('law: what it gives is a usage', () => {
    fc.assert(
      fc.property(usage, usage, (a, b) => {
        expect(Usage.is(addUsage(a, b))).toBe(true);
      }),
    );
  });
});
