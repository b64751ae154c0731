import { expectTypeOf } from 'expect-type';
import type { Candidate, CompletionRequest, RouterConfig, Strategy } from '../../lib/index';

describe('the types of strategies', () => {
  it('give a function its candidates and the request', () => {
    const config: Pick<RouterConfig, 'strategy'> = {
      strategy: (candidates, request) => {
        expectTypeOf(candidates).toEqualTypeOf<readonly Candidate[]>();
        expectTypeOf(request).toEqualTypeOf<CompletionRequest>();
        return candidates[0]!;
      },
    };
    const byGroup: Pick<RouterConfig, 'strategy'> = {
      strategy: {
        fast: 'latency',
        smart: (candidates) => {
          expectTypeOf(candidates).toEqualTypeOf<readonly Candidate[]>();
          return candidates[0]!;
        },
      },
    };
    expectTypeOf<Candidate['msPerToken']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Extract<Strategy, string>>().toEqualTypeOf<
      'simple-shuffle' | 'least-busy' | 'latency' | 'usage' | 'cost' | 'priority-order'
    >();
    expect([typeof config.strategy, typeof byGroup.strategy]).toEqual(['function', 'object']);
  });

  it('refuse what is no strategy', () => {
    const wrong: readonly Pick<RouterConfig, 'strategy'>[] = [
      // @ts-expect-error -- no such name
      { strategy: 'cheapest' },
      // @ts-expect-error -- nor for a group
      { strategy: { fast: 'cheapest' } },
      // @ts-expect-error -- a choice is made at once
      { strategy: (candidates) => Promise.resolve(candidates[0]) },
      {
        strategy: (candidates) => {
          // @ts-expect-error -- a candidate is read only
          candidates[0]!.inFlight = 0;
          return candidates[0]!;
        },
      },
    ];
    expect(wrong).toHaveLength(4);
  });
});
