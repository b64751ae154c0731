import { EMPTY, filter, NEVER, of, throwError, timer } from 'rxjs';
import type { RouterConfig } from '../../lib/config/router-config';
import type { CooldownHint, Lease, Shared } from '../../lib/plan/limits/shared';
import { createRouter } from '../../lib/router';
import { fakeProvider, fakeShared, virtualTime } from '../../lib/testing/index';
import { inVirtualTime } from '../support/in-virtual-time';
import { words } from '../support/words';

const hint = (given: Partial<CooldownHint> = {}): CooldownHint => ({
  deployment: 'a',
  cooledForMs: 5000,
  cause: 'failing',
  ...given,
});

/** Nothing but these hints; limits are not shared out. */
const hinting = (hints$: Shared['hints$']): Shared => ({ acquire: () => NEVER, hints$, tell: () => undefined });

const fruit = { afterMs: 10, text: 'fig' };

function router(
  shared: Shared,
  config: Partial<RouterConfig> = {},
  script = [fruit] as Parameters<typeof fakeProvider>[0],
) {
  const fake = fakeProvider(script);
  const deployments = [{ group: 'g', id: 'a', ...fake }];
  return { ...createRouter({ ...virtualTime, shared, deployments, ...config }), calls: fake.calls };
}

describe('hints', () => {
  const two = ['a fruit', 'another'];

  it('have a deployment left alone for as long as they say, and are heard while there is something to do', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const hints$ = hot('-----h', { h: hint({ cooledForMs: 20 }) });
      const { parallel$ } = router(hinting(hints$));
      expectObservable(parallel$(two, { concurrency: 1 }).pipe(words())).toBe('10ms a 24ms (b|)', {
        a: 'fig',
        b: 'fig',
      });
      expectSubscriptions(hints$.subscriptions).toBe('^ 34ms !');
    });
  });

  it('are heard by nobody before a request, and after the subscriber has left', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const hints$ = hot<CooldownHint>('h', { h: hint() });
      const { result$ } = router(hinting(hints$));
      expectObservable(result$('a fruit').pipe(words()), '--^---!').toBe('-');
      expectSubscriptions(hints$.subscriptions).toBe('--^---!');
    });
  });

  it.each<[string, Partial<CooldownHint>]>([
    ['an unknown deployment', { deployment: 'b' }],
    ['an unknown cause', { cause: 'constructor' }],
    ['no length', { cooledForMs: NaN }],
    ['a negative length', { cooledForMs: -1 }],
  ])('with %s change nothing', (_, wrong) => {
    inVirtualTime(({ hot, expectObservable }) => {
      const { parallel$ } = router(hinting(hot('-----h', { h: hint(wrong) })));
      expectObservable(parallel$(two, { concurrency: 1 }).pipe(words())).toBe('10ms a 9ms (b|)', {
        a: 'fig',
        b: 'fig',
      });
    });
  });

  it('have who waits fail where the rules do not let him wait, and are told as events', () => {
    inVirtualTime(({ hot, expectObservable }) => {
      const { parallel$, events$ } = router(hinting(hot('-----h', { h: hint() })), {
        health: { whenExhausted: 'fail' },
      });
      const entered$ = events$.pipe(filter(({ type }) => type === 'cooldown-entered'));
      expectObservable(entered$).toBe('-----h', {
        h: { type: 'cooldown-entered', at: 5, group: 'g', deployment: 'a', cause: 'failing', cooledForMs: 5000 },
      });
      expectObservable(parallel$(two, { concurrency: 1 }).pipe(words())).toBe('10ms (ab|)', {
        a: 'fig',
        b: '!NoDeployment',
      });
    });
  });

  it('of our own cooldowns are told once, and their echo changes nothing', () => {
    inVirtualTime(({ flush }) => {
      const shared = fakeShared({ delayMs: 50 });
      const slow = { text: 'fig', afterMs: 500 };
      const cooldowns: unknown[] = [];
      [router(shared, {}, [{ status: 401, afterMs: 10 }, slow]), router(shared, {}, [slow])].forEach((one, i) => {
        one.events$.subscribe((event) => {
          if (event.type === 'cooldown-entered') cooldowns.push([i, event.at, event.cooledForMs, event.cause]);
        });
        one.parallel$(two).subscribe();
      });
      flush();
      expect(shared.hints).toEqual([{ deployment: 'a', cooledForMs: 5000, cause: 'config' }]);
      expect(cooldowns).toEqual([
        [0, 10, 5000, 'config'],
        [1, 60, 5000, 'config'],
      ]);
    });
  });

  it('that cannot be heard or told stop nobody', () => {
    inVirtualTime(({ expectObservable }) => {
      const broken: Shared = {
        acquire: () => NEVER,
        hints$: throwError(() => new Error('no connection')),
        tell: () => {
          throw new Error('no connection');
        },
      };
      const { parallel$ } = router(broken, {}, [{ status: 401, afterMs: 10 }]);
      expectObservable(parallel$(two, { concurrency: 1 }).pipe(words())).toBe('10ms (ab|)', {
        a: '!Authentication',
        b: '!Authentication',
      });
    });
  });
});

describe('leases', () => {
  const deployments = (rpm: number) => [{ group: 'g', id: 'a', rpm, ...fakeProvider([fruit]) }];

  it('are asked for one at a time, of a second of the rate, when somebody waits for them', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const asked: unknown[] = [];
      const backs: number[] = [];
      const lease: Lease = { amount: 10, validMs: 1000, giveBack: (unused) => backs.push(unused) };
      const lease$ = cold('-----l', { l: lease });
      const shared: Shared = {
        ...hinting(NEVER),
        acquire: (key, amount) => {
          asked.push([key, amount]);
          return lease$;
        },
      };
      const { parallel$ } = createRouter({ ...virtualTime, shared, deployments: deployments(600) });
      expectObservable(parallel$(['a', 'b', 'c']).pipe(words())).toBe('15ms (abc|)', { a: 'fig', b: 'fig', c: 'fig' });
      expectSubscriptions(lease$.subscriptions).toBe('^----!');
      timer(16).subscribe(() => {
        expect([asked, backs]).toEqual([[['deployment:a:requests', 10]], [7]]);
      });
    });
  });

  it('run out: what is left is given back then, and not used', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const backs: [number, number][] = [];
      const giveBack = (unused: number): void => void backs.push([virtualTime.now(), unused]);
      let asked = 0;
      const acquire = () => (asked++ === 0 ? of({ amount: 5, validMs: 15, giveBack }) : NEVER);
      const { parallel$ } = createRouter({
        ...virtualTime,
        shared: { ...hinting(NEVER), acquire },
        deployments: deployments(600),
        timeouts: { queueMs: 50 },
      });
      const rows$ = parallel$(['a', 'b', 'c'], { concurrency: 1 }).pipe(words());
      expectObservable(rows$).toBe('10ms a 9ms b 49ms (c|)', { a: 'fig', b: 'fig', c: '!Timeout queue' });
      flush();
      expect(backs).toEqual([[15, 3]]);
    });
  });

  it('add up when each is less than what is wanted', () => {
    inVirtualTime(({ expectObservable }) => {
      const shared = fakeShared({ delayMs: 20, slice: 40 });
      const one = { group: 'g', id: 'a', tpm: 6000, reserveTokens: 100, ...fakeProvider([fruit]) };
      const { result$ } = createRouter({ ...virtualTime, shared, deployments: [one] });
      expectObservable(result$('a').pipe(words())).toBe('70ms (a|)', { a: 'fig' });
    });
  });

  it.each<[string, () => ReturnType<Shared['acquire']>]>([
    ['fail', () => throwError(() => new Error('no connection'))],
    ['give nothing', () => EMPTY],
    ['give leases of nothing', () => of({ amount: 0, validMs: 1000, giveBack: () => undefined })],
    ['never answer', () => NEVER],
  ])('that %s: nothing is sent, and requests end with their time', (_, acquire) => {
    inVirtualTime(({ expectObservable }) => {
      const given = { ...virtualTime, deployments: deployments(600), timeouts: { queueMs: 5000 } };
      const { result$ } = createRouter({ ...given, shared: { ...hinting(NEVER), acquire } });
      expectObservable(result$('a').pipe(words())).toBe('5s (a|)', { a: '!Timeout queue' });
    });
  });

  it('are asked for again a second after a failure', () => {
    inVirtualTime(({ expectObservable }) => {
      let asked = 0;
      const lease = { amount: 10, validMs: 1000, giveBack: () => undefined };
      const acquire = () => (asked++ < 2 ? throwError(() => new Error('no connection')) : of(lease));
      const shared = { ...hinting(NEVER), acquire };
      const { result$ } = createRouter({ ...virtualTime, shared, deployments: deployments(600) });
      expectObservable(result$('a').pipe(words())).toBe('2010ms (a|)', { a: 'fig' });
    });
  });
});
