import * as t from 'io-ts';
import { EMPTY, map, NEVER, of, throwError, timer } from 'rxjs';
import type { RouterConfig } from '../../lib/config/router-config';
import type { CompletionRequest } from '../../lib/domain/request';
import type { RouterEvent } from '../../lib/domain/router-event';
import { withOutput } from '../../lib/output/with-output';
import type { CountTokens } from '../../lib/plan/limits/count-tokens';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeProvider, type FakeReply } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { inVirtualTime } from '../support/in-virtual-time';

type DeploymentConfig = RouterConfig['deployments'][number];

const ask = (rest: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages: [{ role: 'user', content: 'twelve chars' }],
  max_tokens: 10,
  ...rest,
});
const quick = (): FakeProvider => fakeProvider(() => ({ afterMs: 100, text: 'ok' }));
/** The same under another name of the model. */
const named = (fake: FakeProvider, name: string, model: string) => ({
  provider: openAICompatible({ name, model, baseURL: 'http://fake.invalid/v1' }),
  transport: fake.transport,
});
const routerOf = (
  countTokens: CountTokens,
  deployments: readonly DeploymentConfig[],
  rest: Partial<RouterConfig> = {},
): FanoutRouter => createRouter({ ...virtualTime, countTokens, deployments, ...rest });

/** A counter that writes down what it is asked. */
function counting(counts: Readonly<Record<string, number>>) {
  const asked: { readonly model: string; readonly request: CompletionRequest }[] = [];
  const countTokens: CountTokens = (request, model) => {
    asked.push({ model, request });
    return counts[model] ?? NaN;
  };
  return { countTokens, asked, models: () => asked.map(({ model }) => model) };
}

describe('countTokens of a router', () => {
  it('says what a call takes of a limit before its vendor does', () => {
    inVirtualTime(() => {
      const router = routerOf(() => 400, [{ group: 'g', ...quick(), tpm: 1000 }]);
      router.result$(ask()).subscribe();
      expect(router.snapshot().deployments[0]?.limits).toMatchObject({ tpmLeft: 1000 - 410 });
    });
  });

  it('keeps a request from a deployment that it is too long for, and takes it to a larger one', () => {
    inVirtualTime(({ flush }) => {
      const [small, large] = [quick(), quick()];
      const router = routerOf(
        () => of(8000),
        [
          { group: 'g', ...small, contextWindow: 8005 },
          { group: 'g', id: 'large', ...large, contextWindow: 8010 },
        ],
      );
      const heard: unknown[] = [];
      router.parallel$([ask(), ask({ max_tokens: 11 })]).subscribe((row) => heard.push(brief(row), row.deployment));
      flush();
      expect(small.calls).toHaveLength(0);
      expect(heard).toEqual(['!ContextWindowExceeded', undefined, 'ok', 'large']);
    });
  });

  it('tells the count in the message when no deployment is large enough', () => {
    inVirtualTime(({ expectObservable }) => {
      const row$ = routerOf(() => 8000, [{ group: 'g', ...quick(), contextWindow: 8000 }]).result$(ask());
      const message$ = row$.pipe(map(({ outcome }) => (outcome._tag === 'Left' ? outcome.left.message : '')));
      const said = expect.stringContaining('about 8000 tokens and 10 for the answer, and no deployment') as string;
      expectObservable(message$).toBe('(a|)', { a: said });
    });
  });

  it('counts once for each model of the group, not for each deployment or call, and anew for the group of a fallback', () => {
    inVirtualTime(({ flush }) => {
      const failing = fakeProvider(() => ({ status: 500 }));
      const { countTokens, asked, models } = counting({ 'one/m': 5, 'two/m': 6, 'three/*': 7, 'three/x': 7 });
      routerOf(
        countTokens,
        [
          { group: 'g', ...named(failing, 'one', 'm') },
          { group: 'g', id: 'again', ...named(failing, 'one', 'm') },
          { group: 'g', ...named(failing, 'two', 'm') },
          { group: 'three/*', ...named(quick(), 'three', '*') },
        ],
        { fallbacks: { g: ['three/x'] } },
      )
        .result$(ask({ model: 'g' }))
        .subscribe();
      flush();
      expect(failing.calls).toHaveLength(3);
      expect(models()).toEqual(['one/m', 'two/m', 'three/x']);
      expect(asked[0]?.request).toEqual(ask({ model: 'g' }));
    });
  });

  it('counts anew when more is asked than at first: what was wrong with an answer', () => {
    inVirtualTime(({ flush }) => {
      const { countTokens, asked } = counting({ 'fake/fake': 5 });
      const fake = fakeProvider([{ text: 'no JSON' }, { text: '{"city":"Oslo"}' }]);
      const output = withOutput(t.type({ city: t.string }));
      const heard: string[] = [];
      routerOf(countTokens, [{ group: 'g', ...fake }])
        .completion$(ask(), { output })
        .subscribe((completion) => heard.push(completion.output.city));
      flush();
      expect(heard).toEqual(['Oslo']);
      expect(asked.map(({ request }) => request.messages.map(({ role }) => role))).toEqual([
        ['user'],
        ['user', 'assistant', 'user'],
      ]);
    });
  });

  it('lets the cost strategy choose by what each model reads', () => {
    inVirtualTime(({ flush }) => {
      const price = { input: 1, output: 1 };
      const { countTokens } = counting({ 'wordy/m': 2000, 'terse/m': 1000 });
      const [wordy, terse] = [quick(), quick()];
      routerOf(
        countTokens,
        [
          { group: 'g', ...named(wordy, 'wordy', 'm'), price },
          { group: 'g', ...named(terse, 'terse', 'm'), price: { input: 1.5, output: 1 } },
        ],
        { strategy: 'cost' },
      )
        .result$(ask())
        .subscribe();
      flush();
      expect([wordy.calls.length, terse.calls.length]).toEqual([0, 1]);
    });
  });

  it('is what an aborted call is thought to have read', () => {
    inVirtualTime(({ flush }) => {
      const router = routerOf(
        () => 400,
        [{ group: 'g', ...fakeProvider([{ fail: 'hang' }]), price: { input: 1, output: 1 } }],
      );
      router.result$(ask(), { timeouts: { totalMs: 50 } }).subscribe();
      flush();
      expect(router.snapshot().deployments[0]?.usage).toMatchObject({ promptTokens: 400, estimated: true });
    });
  });

  it.each<readonly [string, CountTokens]>([
    [
      'throws',
      () => {
        throw new Error('twelve chars');
      },
    ],
    ['errors', () => throwError(() => new Error('twelve chars'))],
    ['gives nothing', () => EMPTY],
    ['gives no number', () => of('many' as unknown as number)],
    ['gives a negative number', () => -1],
  ])(
    'that %s is told, without a word of the prompt, and a quarter of the characters taken instead',
    (_, countTokens) => {
      inVirtualTime(({ flush }) => {
        const router = routerOf(countTokens, [{ group: 'g', ...quick(), tpm: 1000 }]);
        const events: RouterEvent[] = [];
        router.events$.subscribe((event) => events.push(event));
        router.result$(ask()).subscribe();
        expect(router.snapshot().deployments[0]?.limits).toMatchObject({ tpmLeft: 1000 - 13 });
        flush();
        expect(events[0]).toEqual({ type: 'count-failed', at: 0, group: 'g', index: 0, model: 'fake/fake' });
        expect(events.map(({ type }) => type)).toEqual(['count-failed', 'attempt-started', 'attempt-succeeded']);
      });
    },
  );

  it('is waited for, as long as the request has time', () => {
    inVirtualTime(({ flush, expectObservable }) => {
      const fake = quick();
      const slow = routerOf(() => timer(30).pipe(map(() => 7)), [{ group: 'g', ...fake }]);
      expectObservable(slow.result$(ask()).pipe(map(({ timing }) => timing.queuedMs))).toBe('130ms (a|)', { a: 30 });
      const never = routerOf(() => NEVER, [{ group: 'g', ...fake }], { timeouts: { totalMs: 50 } });
      expectObservable(never.result$(ask()).pipe(map(brief))).toBe('50ms (a|)', { a: '!Timeout total' });
      flush();
      expect(fake.calls).toHaveLength(1);
    });
  });

  it('is left when its request is, or when nothing more is sent', () => {
    inVirtualTime(({ cold, flush, expectSubscriptions, expectObservable }) => {
      const count = cold<number>('100ms (a|)', { a: 1 });
      const fake = quick();
      const { parallel$ } = routerOf((_, model) => (model === 'fake/fake' ? count : NaN), [{ group: 'g', ...fake }]);
      expectObservable(parallel$([ask()]).pipe(map(brief)), '30ms !').toBe('');
      expectObservable(parallel$([ask({ routing: { until: timer(40) } })]).pipe(map(brief))).toBe('40ms (a|)', {
        a: '!Cancelled',
      });
      flush();
      expectSubscriptions(count.subscriptions).toBe(['^ 29ms !', '^ 39ms !']);
      expect(fake.calls).toHaveLength(0);
    });
  });

  it('can be changed in a running router', () => {
    inVirtualTime(({ flush }) => {
      const deployments = [{ group: 'g', ...quick(), tpm: 1000 }];
      const router = routerOf(() => 400, deployments);
      router.update({ ...virtualTime, deployments, countTokens: () => 300 });
      router.result$(ask()).subscribe();
      expect(router.snapshot().deployments[0]?.limits).toMatchObject({ tpmLeft: 690 });
      flush();
    });
  });

  it('must be a function', () => {
    expect(() => routerOf(4 as unknown as CountTokens, [{ group: 'g', ...quick() }])).toThrow(
      /countTokens: .*a function giving a number, or an Observable of one/,
    );
  });

  it('is taken of the limit of the model that is asked', () => {
    inVirtualTime(({ flush }) => {
      const { countTokens } = counting({ 'one/m': 100, 'two/m': 200 });
      const replies: FakeReply[] = [{ afterMs: 100, text: 'ok' }];
      const router = routerOf(
        countTokens,
        [
          { group: 'g', id: 'one', ...named(fakeProvider(replies), 'one', 'm'), tpm: 1000 },
          { group: 'g', id: 'two', ...named(fakeProvider(replies), 'two', 'm'), tpm: 1000 },
        ],
        { strategy: 'least-busy' },
      );
      router.parallel$([ask(), ask()]).subscribe();
      expect(router.snapshot().deployments.map(({ limits }) => limits?.tpmLeft)).toEqual([890, 790]);
      flush();
    });
  });
});
