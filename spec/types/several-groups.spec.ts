import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import type { EnsembleOptions, FanoutRouter, ParallelResult, RaceOptions } from '../../lib/index';

const request = { messages: [{ role: 'user', content: 'hi' }], metadata: { id: 7 } } as const;

describe('the types of race$ and ensemble$', () => {
  it('carry the request through', () => {
    const race = (router: FanoutRouter) => router.race$(request, { groups: ['a', 'b'], maxRetries: 1 });
    expectTypeOf(race).returns.toEqualTypeOf<Observable<ParallelResult<typeof request>>>();
    const ensemble = (router: FanoutRouter) => router.ensemble$([request], { groups: ['a', 'b'], order: 'input' });
    expectTypeOf(ensemble).returns.toEqualTypeOf<Observable<ParallelResult<typeof request>>>();
    expectTypeOf<ParallelResult['group']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<RaceOptions['groups']>().toEqualTypeOf<readonly string[]>();
    expectTypeOf<EnsembleOptions['groups']>().toEqualTypeOf<readonly string[]>();
  });

  it('refuse what they cannot do', () => {
    const wrong = (router: FanoutRouter) => [
      // @ts-expect-error -- who is to race?
      router.race$('a'),
      // @ts-expect-error -- who is to race?
      router.race$('a', {}),
      // @ts-expect-error -- a name is no list of names
      router.race$('a', { groups: 'fast' }),
      // @ts-expect-error -- there is one row
      router.race$('a', { groups: ['fast'], order: 'input' }),
      // @ts-expect-error -- who is to be asked?
      router.ensemble$(['a'], { concurrency: 4 }),
      // @ts-expect-error -- a string is a sequence of characters
      router.ensemble$('a', { groups: ['fast'] }),
    ];
    expectTypeOf(wrong).toBeFunction();
  });
});
