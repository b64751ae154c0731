import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import type {
  Budget,
  CooldownHint,
  Deployment,
  DeploymentSnapshot,
  Fallbacks,
  FanoutRouter,
  HedgeConfig,
  Lease,
  Price,
  PriceTable,
  QuotaConfig,
  RouterConfig,
  RouterEvent,
  RouterSnapshot,
  Routing,
  Shared,
} from '../../lib/index';

describe('the types of routing', () => {
  it('name whatever a configuration is made of', () => {
    expectTypeOf<NonNullable<RouterConfig['deployments']>>().toEqualTypeOf<readonly Deployment[]>();
    expectTypeOf<RouterConfig['fallbacks']>().toEqualTypeOf<Fallbacks | undefined>();
    expectTypeOf<RouterConfig['contextWindowFallbacks']>().toEqualTypeOf<Fallbacks | undefined>();
    expectTypeOf<RouterConfig['contentPolicyFallbacks']>().toEqualTypeOf<Fallbacks | undefined>();
    expectTypeOf<RouterConfig['quotas']>().toEqualTypeOf<Readonly<Record<string, QuotaConfig>> | undefined>();
    expectTypeOf<RouterConfig['budget']>().toEqualTypeOf<Budget | undefined>();
    expectTypeOf<RouterConfig['prices']>().toEqualTypeOf<PriceTable | undefined>();
    expectTypeOf<Deployment['price']>().toEqualTypeOf<Price | undefined>();
    expectTypeOf<RouterConfig['hedge']>().toEqualTypeOf<HedgeConfig | undefined>();
    expectTypeOf<RouterConfig['shared']>().toEqualTypeOf<Shared | undefined>();
    expectTypeOf<Routing['fallbacks']>().toEqualTypeOf<readonly string[] | false | undefined>();
  });

  it('let a budget stand with the options of a run, and nowhere else', () => {
    const asked = (router: FanoutRouter) => [
      router.parallel$(['a'], { budget: { usd: 1, tokens: 1000, requests: 10 } }),
      router.gather$(['a'], { budget: {} }),
      router.parallelStream$(['a'], { budget: { requests: 1 } }),
      router.ensemble$(['a'], { groups: ['fast'], budget: { tokens: 1000 } }),
      // @ts-expect-error -- one request is no run
      router.result$('a', { budget: { usd: 1 } }),
      // @ts-expect-error -- of what?
      router.parallel$(['a'], { budget: 1 }),
    ];
    expectTypeOf(asked).toBeFunction();
  });

  it('tell events apart by their type', () => {
    type Of<Type extends RouterEvent['type']> = Extract<RouterEvent, { readonly type: Type }>;
    expectTypeOf<FanoutRouter['events$']>().toEqualTypeOf<Observable<RouterEvent>>();
    expectTypeOf<Of<'fallback-taken'>['to']>().toEqualTypeOf<string>();
    expectTypeOf<Of<'hedge-sent'>['waitMs']>().toEqualTypeOf<number>();
    expectTypeOf<Of<'limit-waited'>>().not.toHaveProperty('deployment');
    expectTypeOf<Of<'cooldown-entered'>['index']>().toEqualTypeOf<number | undefined>();
  });

  it('show a router as it is now, to be read only', () => {
    expectTypeOf<ReturnType<FanoutRouter['snapshot']>>().toEqualTypeOf<RouterSnapshot>();
    expectTypeOf<RouterSnapshot['deployments']>().toEqualTypeOf<readonly DeploymentSnapshot[]>();
    expectTypeOf<NonNullable<DeploymentSnapshot['limits']>['tpmLeft']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<NonNullable<RouterSnapshot['budget']>['reserved']['usd']>().toEqualTypeOf<number>();
    const wrong = (snapshot: RouterSnapshot) => {
      // @ts-expect-error -- it is what is known, not what is to be
      snapshot.deployments[0]!.inFlight = 0;
    };
    expectTypeOf(wrong).toBeFunction();
  });

  it('let others write a store of their own for what processes share', () => {
    expectTypeOf<Shared['acquire']>().toEqualTypeOf<(key: string, amount: number) => Observable<Lease>>();
    expectTypeOf<Shared['hints$']>().toEqualTypeOf<Observable<CooldownHint>>();
    expectTypeOf<Shared['tell']>().toEqualTypeOf<(hint: CooldownHint) => void>();
  });

  it('refuse what is no configuration', () => {
    const provider = {} as Deployment['provider'];
    const wrong: readonly Partial<RouterConfig>[] = [
      // @ts-expect-error -- a limit is a number
      { deployments: [{ group: 'fast', provider, rpm: '500' }] },
      // @ts-expect-error -- groups come in a list
      { fallbacks: { fast: 'smart' } },
      // @ts-expect-error -- no such feature
      { experimental: ['ensemble'] },
      // @ts-expect-error -- after how long?
      { hedge: { maxExtra: 0.05 } },
      // @ts-expect-error -- no such way
      { onStreamBreak: 'resume' },
      // @ts-expect-error -- a slip of the pen
      { maxFallback: 1 },
    ];
    expect(wrong).toHaveLength(6);
  });
});
