import { isDefect } from '../../../lib/domain/guards';
import type { CompletionRequest } from '../../../lib/domain/request';
import { rate, take } from '../../../lib/plan/limits/rate';
import type { Candidate } from '../../../lib/plan/strategies/candidate';
import type { Strategy } from '../../../lib/plan/strategies/strategy';
import { askOf } from '../../support/ask-of';
import { chosenBy } from '../../support/chosen-by';
import { deploymentOf } from '../../support/deployment-of';

const request: CompletionRequest = { messages: [{ role: 'user', content: 'hello' }], metadata: { tier: 'free' } };
const [a, b] = [
  deploymentOf({ id: 'a', group: 'fast' }),
  deploymentOf({
    id: 'b',
    group: 'fast',
    weight: 3,
    order: 2,
    price: { input: 1, output: 2 },
    rates: [rate('tokens', 80)],
  }),
];
b.inFlight = 4;
for (const one of b.rates) take(one, 20, 0);
b.speed = { msPerToken: { ms: 12, at: 0 }, firstChunkMs: { ms: 80, at: -180_000 } };

function failureOf(strategy: unknown): unknown {
  try {
    return chosenBy(strategy as Strategy, [a, b]);
  } catch (error) {
    return error;
  }
}

describe('a strategy of your own', () => {
  it('sees the candidates and the request as it is, and chooses', () => {
    let seen: readonly unknown[] = [];
    const strategy: Strategy = (candidates, asked) => {
      seen = [candidates, asked];
      return candidates[1]!;
    };
    expect(chosenBy(strategy, [a, b], { ask: askOf({ request }) })).toBe(b);
    expect(seen).toEqual([
      [
        { id: 'a', group: 'fast', inFlight: 0, weight: 1, order: 1, tpmShare: 0 },
        {
          id: 'b',
          group: 'fast',
          inFlight: 4,
          weight: 3,
          order: 2,
          msPerToken: 12,
          tpmShare: 0.25,
          price: { input: 1, output: 2 },
        },
      ],
      request,
    ]);
    expect(seen[1]).toBe(request);
  });

  it('is asked even if there is one candidate', () => {
    const strategy = jest.fn<Candidate, [readonly Candidate[]]>(([first]) => first!);
    expect(chosenBy(strategy, [a])).toBe(a);
    expect(strategy).toHaveBeenCalledTimes(1);
  });

  it('may return a copy, and changes nothing by changing what it was given', () => {
    const strategy: Strategy = (candidates) => {
      Object.assign(candidates[0]!, { inFlight: 99 });
      return { ...candidates[0]! };
    };
    expect(chosenBy(strategy, [a, b])).toBe(a);
    expect(a.inFlight).toBe(0);
  });

  it.each([
    ['nothing', () => undefined],
    ['null', () => null],
    ['a stranger', () => ({ id: 'c' })],
    ['an id', () => 'a'],
    ['a promise', ([first]: readonly Candidate[]) => Promise.resolve(first)],
  ])('that returns %s is a Defect that names the group', (_, strategy) => {
    const failure = failureOf(strategy);
    expect(isDefect(failure) && failure.message).toBe("the strategy of group 'fast' returned none of its candidates");
  });

  it('that throws is a Defect that does not repeat what was said', () => {
    const failure = failureOf(() => {
      throw new RangeError('the prompt');
    });
    expect(isDefect(failure) && failure.message).toMatch(/^the strategy of group 'fast' threw a RangeError at .*spec/);
    expect(String(failure)).not.toContain('prompt');
  });
});
