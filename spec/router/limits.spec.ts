import { map, tap, timer } from 'rxjs';
import { ConfigError } from '../../lib/config/config-error';
import type { Deployment, RouterConfig } from '../../lib/config/router-config';
import type { CompletionRequest } from '../../lib/domain/request';
import { openai } from '../../lib/provider/openai/openai';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeProvider, type FakeReply } from '../../lib/testing/index';
import { allOf } from '../support/all-of';
import { brief } from '../support/brief';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';

const ask = (rest: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages: [{ role: 'user', content: 'twelve chars' }],
  ...rest,
});

/** A router over deployments of group `g`, called a, b, c … */
function routerOf(
  deployments: readonly (Partial<Deployment> & { readonly fake: FakeProvider })[],
  rest: Partial<RouterConfig> = {},
): FanoutRouter {
  return createRouter({
    ...virtualTime,
    deployments: deployments.map(({ fake, ...its }, i) => {
      return { group: 'g', id: String.fromCharCode(97 + i), ...its, ...fake };
    }),
    ...rest,
  });
}

const quick = (afterMs = 100) => fakeProvider(() => ({ afterMs, text: 'ok' }));
const sentAt = (fake: FakeProvider): readonly number[] => fake.calls.map(({ at }) => at);

describe('rpm', () => {
  it('lets a tenth through at once, and the others as the minute lets them', () => {
    inVirtualTime(({ flush }) => {
      const fake = quick();
      routerOf([{ fake, rpm: 20 }])
        .parallel$(Array<string>(5).fill('hi'), { concurrency: 5 })
        .subscribe();
      flush();
      expect(sentAt(fake)).toEqual([0, 0, 3000, 6000, 9000]);
    });
  });

  it('counts attempts, not requests; what the provider puts off is given back to the minute, but paces what follows', () => {
    inVirtualTime(({ flush }) => {
      const script: FakeReply[] = [{ status: 500 }, { status: 429, headers: { 'retry-after': '1' } }, { text: 'ok' }];
      const fake = fakeProvider(script);
      const router = routerOf([{ fake, rpm: 10 }]);
      router.result$('hi').subscribe();
      flush();
      expect(sentAt(fake)).toEqual([0, 6000, 12_000]);
      expect(router.snapshot().deployments[0]?.limits).toEqual({ rpm: 10, rpmLeft: 8 });
    });
  });

  it('is shared by all runs of a router', () => {
    inVirtualTime(({ flush }) => {
      const fake = quick();
      const router = routerOf([{ fake, rpm: 10 }]);
      for (let i = 0; i < 3; i++) router.result$('hi').subscribe();
      flush();
      expect(sentAt(fake)).toEqual([0, 6000, 12_000]);
    });
  });

  it('sends who has waited to another deployment as soon as that has room', () => {
    inVirtualTime(({ flush }) => {
      const [limited, small] = [quick(), quick(1000)];
      routerOf([
        { fake: limited, rpm: 10 },
        { fake: small, maxParallel: 1 },
      ])
        .parallel$(['a', 'b', 'c', 'd'], { concurrency: 4 })
        .subscribe();
      flush();
      expect([sentAt(limited), sentAt(small)]).toEqual([[0], [0, 1000, 2000]]);
    });
  });

  it('is no wait that would pass the deadline', () => {
    inVirtualTime(({ expectObservable }) => {
      const rows$ = routerOf([{ fake: quick(), rpm: 10 }], { timeouts: { totalMs: 5000 } }).parallel$(['a', 'b']);
      expectObservable(rows$.pipe(map(brief))).toBe('t 99ms (a|)', { a: 'ok', t: '!Timeout total' });
    });
  });

  it('is waited for no longer than queueMs', () => {
    inVirtualTime(({ expectObservable }) => {
      const rows$ = routerOf([{ fake: quick(), rpm: 10 }], { timeouts: { queueMs: 500 } }).parallel$(['a', 'b']);
      expectObservable(rows$.pipe(map(brief))).toBe('100ms a 399ms (t|)', { a: 'ok', t: '!Timeout queue' });
    });
  });

  it('ends a wait with its request: who leaves makes room for those behind', () => {
    inVirtualTime(({ flush }) => {
      const fake = quick();
      const router = routerOf([{ fake, rpm: 10 }]);
      router.result$('first').subscribe();
      const second = router.result$('second').subscribe();
      router.result$('third').subscribe();
      timer(1000).subscribe(() => {
        second.unsubscribe();
      });
      flush();
      expect(fake.calls.map(({ request, at }) => [request.messages[0]?.content, at])).toEqual([
        ['first', 0],
        ['third', 6000],
      ]);
    });
  });
});

describe('tpm', () => {
  it('reserves the prompt and the longest answer, and gives back what was not used', () => {
    inVirtualTime(({ flush }) => {
      const fake = quick(1000);
      const router = routerOf([{ fake, tpm: 1000 }]);
      router.parallel$([ask({ max_tokens: 97 }), ask({ max_tokens: 97 })]).subscribe();
      flush();
      expect(sentAt(fake)).toEqual([0, 1000]); // by the clock alone it would have been 6000
      const { usage, limits } = router.snapshot().deployments[0]!;
      expect(limits).toEqual({ tpm: 1000, tpmLeft: 1000 - usage.totalTokens });
    });
  });

  it('goes by reserveTokens when a request does not say how long its answer may be', () => {
    inVirtualTime(({ flush }) => {
      const fake = fakeProvider([{ fail: 'hang' }]);
      const router = routerOf([{ fake, tpm: 1000, reserveTokens: 47 }], { timeouts: { totalMs: 10 } });
      router.parallel$([ask(), ask(), ask()]).subscribe();
      flush();
      expect(fake.calls).toHaveLength(2);
    });
  });

  it('goes by them once for each answer that is asked for', () => {
    inVirtualTime(({ flush }) => {
      const router = routerOf([{ fake: quick(), reserveTokens: 47 }], { budget: { tokens: 1000 } });
      router.result$(ask({ n: 3 })).subscribe();
      expect(router.snapshot().budget?.reserved.tokens).toBe(3 + 3 * 47);
      flush();
    });
  });

  it('takes a refusal for text, and what is neither for a picture', () => {
    inVirtualTime(({ flush }) => {
      const router = routerOf([{ fake: quick(), reserveTokens: 1 }], { budget: { tokens: 1000 } });
      const content = [
        { type: 'text', text: 'four' },
        { type: 'refusal', refusal: 'I will not tell.' },
        { type: 'refusal' },
      ] as const;
      router.result$({ messages: [{ role: 'assistant', content }] }).subscribe();
      expect(router.snapshot().budget?.reserved.tokens).toBe(1 + 4 + 765 + 1);
      flush();
    });
  });

  it('reserves no more than a minute lets through for an answer of which nobody said how long it may be', () => {
    inVirtualTime(({ flush }) => {
      const fake = quick();
      routerOf([{ fake, tpm: 500 }])
        .result$('hi')
        .subscribe(); // a thousand would be waited for without end
      flush();
      expect(sentAt(fake)).toEqual([0]);
    });
  });

  it('keeps a large request before small ones that came after it', () => {
    inVirtualTime(({ flush }) => {
      const fake = quick();
      const large = ask({ max_tokens: 397, messages: [{ role: 'user', content: 'large prompt' }] });
      routerOf([{ fake, tpm: 600 }])
        .parallel$([ask({ max_tokens: 57 }), large, ask({ max_tokens: 1 })], { concurrency: 3 })
        .subscribe();
      flush();
      expect(fake.calls.map(({ request }) => request.max_tokens)).toEqual([57, 397, 1]);
    });
  });

  it('does not fit what is more than a minute lets through: ContextWindowExceeded, unsent', () => {
    inVirtualTime(({ expectObservable }) => {
      const fake = quick();
      const row$ = routerOf([{ fake, tpm: 100 }]).result$(ask({ max_tokens: 100 }));
      expectObservable(row$.pipe(map(brief))).toBe('(a|)', { a: '!ContextWindowExceeded' });
      expect(fake.calls).toEqual([]);
    });
  });

  it('charges an aborted call with the estimate, flagged', () => {
    inVirtualTime(({ flush }) => {
      const router = routerOf([{ fake: quick(), tpm: 1000 }]);
      const run = router.result$(ask({ max_tokens: 50 })).subscribe();
      timer(10).subscribe(() => {
        run.unsubscribe();
      });
      flush();
      const { usage, limits } = router.snapshot().deployments[0]!;
      expect(usage).toEqual({ promptTokens: 3, completionTokens: 50, totalTokens: 53, estimated: true });
      expect(limits).toEqual({ tpm: 1000, tpmLeft: 947 });
    });
  });

  it('charges nothing for a request that was too large to be sent', async () => {
    const provider = openai({ model: 'm', apiKey: 'none' });
    const router = createRouter({
      caps: { bodyBytes: 100 },
      deployments: [{ group: 'g', provider, tpm: 10_000, price: { input: 1, output: 1 } }],
    });
    const [row] = await allOf(router.result$('x'.repeat(100)));
    expect(row).toMatchObject({ outcome: { left: { _tag: 'BadRequest' } }, usage: { totalTokens: 0 }, cost: 0 });
    expect(router.snapshot().deployments[0]?.limits?.tpmLeft).toBe(10_000);
  });

  it('of a stream that was left is charged with what had come', () => {
    inVirtualTime(({ flush }) => {
      const fake = fakeProvider([{ chunks: ['four', 'five', 'six!'], everyMs: 100 }]);
      const router = routerOf([{ fake, tpm: 1000 }]);
      const run = router.stream$(ask({ max_tokens: 50 })).subscribe();
      timer(150).subscribe(() => {
        run.unsubscribe();
      });
      flush();
      expect(router.snapshot().deployments[0]?.usage).toEqual({
        promptTokens: 3,
        completionTokens: 2,
        totalTokens: 5,
        estimated: true,
      });
    });
  });
});

describe('what providers say is left', () => {
  it.each([
    ['x-ratelimit-remaining-requests', 'rpm'],
    ['anthropic-ratelimit-requests-remaining', 'rpm'],
    ['x-ratelimit-remaining-tokens', 'tpm'],
    ['anthropic-ratelimit-tokens-remaining', 'tpm'],
  ])('%s: 0 makes the next call wait for the %s', (header, limit) => {
    inVirtualTime(({ flush }) => {
      const body = {
        id: 'x',
        created: 0,
        model: 'm',
        choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
      };
      const fake = fakeProvider(() => ({ status: 200, headers: { [header]: '0' }, body }));
      const router = routerOf([{ fake, [limit]: 60_000, reserveTokens: 57 }]);
      router.parallel$([ask(), ask()], { concurrency: 1 }).subscribe();
      flush();
      expect(sentAt(fake)[1]).toBe(limit === 'rpm' ? 1 : 60);
    });
  });
});

describe('quotas', () => {
  it('are drawn on by all that name them, besides their own limits', () => {
    inVirtualTime(({ flush }) => {
      const [a, b] = [quick(), quick()];
      const router = routerOf(
        [
          { fake: a, quota: 'account', weight: 0 },
          { fake: b, quota: 'account', rpm: 10 },
        ],
        { quotas: { account: { rpm: 20 } } },
      );
      router.parallel$(Array<string>(4).fill('hi'), { concurrency: 4 }).subscribe();
      flush();
      expect([...sentAt(a), ...sentAt(b)].sort((x, y) => x - y)).toEqual([0, 0, 3000, 6000]);
      expect(sentAt(b)).toEqual([0, 6000]);
      expect(router.snapshot().quotas).toEqual([{ name: 'account', inFlight: 0, rpm: 20, rpmLeft: 16 }]);
    });
  });

  it('serve the groups that share them by priority and arrival', () => {
    inVirtualTime(({ flush }) => {
      const told: string[] = [];
      const fake = (name: string) =>
        fakeProvider((request) => {
          told.push(
            `${name} ${request.messages.map(({ content }) => (typeof content === 'string' ? content : '')).join('')}`,
          );
          return { afterMs: 100, text: 'ok' };
        });
      const router = createRouter({
        ...virtualTime,
        quotas: { account: { maxParallel: 1 } },
        deployments: [
          { group: 'x', quota: 'account', ...fake('x') },
          { group: 'y', quota: 'account', ...fake('y') },
        ],
      });
      const request = (model: string, content: string, priority = 5): CompletionRequest => {
        return { model, messages: [{ role: 'user', content }], routing: { priority } };
      };
      router
        .parallel$([request('x', '1'), request('y', '2'), request('x', '3'), request('y', '4'), request('x', '5', 0)])
        .subscribe();
      flush();
      expect(told).toEqual(['x 1', 'x 5', 'y 2', 'x 3', 'y 4']);
    });
  });

  it('keep a large request of one group before small ones of another that came after it', () => {
    inVirtualTime(({ flush }) => {
      const [x, y] = [quick(), quick()];
      const router = createRouter({
        ...virtualTime,
        quotas: { account: { tpm: 600 } },
        deployments: [
          { group: 'x', quota: 'account', ...x },
          { group: 'y', quota: 'account', ...y },
        ],
      });
      const small = ask({ model: 'y', max_tokens: 11 });
      const large = ask({ model: 'x', max_tokens: 300 });
      const before = Array<CompletionRequest>(6).fill(small);
      const after = Array<CompletionRequest>(20).fill(small);
      router.parallel$([...before, large, ...after], { concurrency: Infinity }).subscribe();
      flush();
      const [largeAt = Infinity] = sentAt(x);
      expect(sentAt(y).filter((at) => at < largeAt)).toHaveLength(6);
      expect(y.calls).toHaveLength(26);
    });
  });

  it('are not taken from by a newcomer of a group of which nobody waits, before a large request of another', () => {
    inVirtualTime(({ flush }) => {
      const [x, y] = [quick(), quick()];
      const router = createRouter({
        ...virtualTime,
        quotas: { account: { tpm: 600 } },
        deployments: [
          { group: 'x', quota: 'account', ...x },
          { group: 'y', quota: 'account', ...y },
        ],
      });
      const small = ask({ model: 'y', max_tokens: 11 });
      router.result$(small).subscribe();
      router.result$(ask({ model: 'x', max_tokens: 300 })).subscribe();
      timer(500).subscribe(() => router.result$(small).subscribe());
      flush();
      expect(sentAt(x)).toEqual([1200]); // when the bucket is full again
      expect(sentAt(y)[1]).toBeGreaterThan(1200);
    });
  });

  it('are free for those behind as soon as a large request gives up', () => {
    inVirtualTime(({ flush }) => {
      const fake = quick();
      const router = routerOf([{ fake, tpm: 600 }]);
      const small = ask({ max_tokens: 11 });
      const large = ask({ max_tokens: 300, routing: { timeouts: { queueMs: 500 } } });
      for (const request of [small, large, small]) router.result$(request).subscribe();
      flush();
      expect(sentAt(fake)).toEqual([0, 500]);
    });
  });

  it('send who was put off to a deployment with another quota, not to one with the same', () => {
    inVirtualTime(({ flush }) => {
      const refusing = fakeProvider([{ status: 429, headers: { 'retry-after': '2' } }]);
      const [same, other] = [quick(), quick()];
      const router = routerOf(
        [
          { fake: refusing, quota: 'one' },
          { fake: same, quota: 'one' },
          { fake: other, quota: 'two', order: 2 },
        ],
        { quotas: { one: {}, two: {} } },
      );
      router.result$('hi').subscribe();
      flush();
      expect([sentAt(refusing), sentAt(same), sentAt(other)]).toEqual([[0], [], [0]]);
    });
  });
});

describe('tags and context windows', () => {
  it('ask only deployments with one of the tags; with none of them nobody', () => {
    inVirtualTime(({ flush }) => {
      const [eu, us] = [quick(), quick()];
      const router = routerOf([
        { fake: us, tags: ['us'] },
        { fake: eu, tags: ['eu', 'cheap'] },
      ]);
      const rows: string[] = [];
      router
        .parallel$([
          ask({ routing: { tags: ['eu'] } }),
          ask({ routing: { tags: ['mars'] } }),
          ask({ routing: { tags: [] } }),
        ])
        .pipe(tap(({ outcome }) => outcome))
        .subscribe((row) => rows.push(`${String(row.index)} ${brief(row)} ${row.deployment ?? ''}`));
      flush();
      expect(rows).toEqual(['1 !NoDeployment ', '0 ok b', '2 ok a']);
    });
  });

  it('ask who takes a request of that length', () => {
    inVirtualTime(({ flush }) => {
      const [short, long] = [quick(), quick()];
      const router = routerOf([
        { fake: short, contextWindow: 100 },
        { fake: long, contextWindow: 1000 },
      ]);
      const messages = [{ role: 'user' as const, content: 'x'.repeat(2000) }];
      router.parallel$([ask({ messages }), ask({ max_tokens: 100 })]).subscribe();
      flush();
      expect([short.calls.length, long.calls.length]).toEqual([0, 2]);
    });
  });

  it('hold the prompt and one answer, however many are asked for; a minute holds all of them', () => {
    inVirtualTime(({ flush }) => {
      const said: string[] = [];
      for (const [limit, n] of [
        [{ contextWindow: 53 }, 8],
        [{ contextWindow: 52 }, 8],
        [{ tpm: 150 }, 3],
      ] as const) {
        routerOf([{ fake: quick(), ...limit }])
          .result$(ask({ n, max_tokens: 50 }))
          .subscribe(({ outcome }) => said.push(outcome._tag === 'Right' ? 'ok' : outcome.left.message));
      }
      flush();
      const tooLong = (answers: number, most: number) =>
        `the request was not sent: it is about 3 tokens and 50 for each of ${String(answers)} answers, and no deployment of the group takes more than ${String(most)}: shorten it, or use a group with a larger contextWindow or tpm`;
      expect(said.sort()).toEqual(['ok', tooLong(3, 150), tooLong(8, 52)]);
    });
  });
});

describe('budgets', () => {
  const price = { input: 1_000_000, output: 1_000_000 }; // a dollar a token

  it('of a run: when it is used up what is left is not sent, and an endless input is let go of', () => {
    inVirtualTime(({ flush }) => {
      const fake = quick();
      const router = routerOf([{ fake }]);
      let closed = false;
      function* endless() {
        try {
          for (;;) yield 'hi';
        } finally {
          closed = true;
        }
      }
      const rows: string[] = [];
      let ended = false;
      router.parallel$(endless(), { concurrency: 2, budget: { requests: 3 } }).subscribe({
        next: (row) => rows.push(brief(row)),
        complete: () => (ended = true),
      });
      flush();
      expect([fake.calls.length, closed, ended]).toEqual([3, true, true]);
      expect(rows.filter((row) => row === 'ok')).toHaveLength(3);
      expect(new Set(rows)).toEqual(new Set(['ok', '!BudgetExceeded']));
    });
  });

  it('of a run: the requests of an array all have their rows', () => {
    inVirtualTime(({ flush }) => {
      const rows: string[] = [];
      routerOf([{ fake: quick() }])
        .parallel$(['a', 'b', 'c', 'd'], { concurrency: 1, budget: { requests: 2 } })
        .subscribe((row) => rows.push(`${String(row.index)} ${brief(row)}`));
      flush();
      expect(rows).toEqual(['0 ok', '1 ok', '2 !BudgetExceeded', '3 !BudgetExceeded']);
    });
  });

  it('of a run: a call that goes out in the moment in which it is used up goes on', () => {
    const router = routerOf([{ fake: quick() }]);
    const tooMuch = ask({ max_tokens: 90, routing: { priority: 6 } });
    const rows = rowsOf(() =>
      router.parallel$([ask({ max_tokens: 40 }), tooMuch, ask({ max_tokens: 40 })], {
        concurrency: 2,
        budget: { tokens: 100 },
      }),
    );
    expect(rows.map((row) => `${String(row.index)} ${brief(row)}`).sort()).toEqual([
      '0 ok',
      '1 !BudgetExceeded',
      '2 ok',
    ]);
  });

  it('of a run: a failure that is told to those that are left has no calls of another', () => {
    const router = routerOf([{ fake: fakeProvider([{ status: 500 }]) }]);
    const rows = rowsOf(() => router.parallel$(['a', 'b'], { concurrency: 1, budget: { requests: 1 } }));
    expect(rows.map(brief)).toEqual(['!BudgetExceeded', '!BudgetExceeded']);
    expect(rows.map(({ outcome }) => outcome._tag === 'Left' && outcome.left.attempts.length)).toEqual([1, 0]);
  });

  it('of the router: shared by its runs, reserved before sending, told by snapshot and rows', () => {
    inVirtualTime(({ flush }) => {
      const fake = quick();
      const router = routerOf([{ fake, price }], { budget: { usd: 100 } });
      const rows: unknown[] = [];
      router.parallel$([ask({ max_tokens: 57 }), ask({ max_tokens: 57 })]).subscribe(({ cost }) => rows.push(cost));
      expect(fake.calls).toHaveLength(1);
      expect(router.snapshot().budget).toEqual({
        spent: { usd: 0, tokens: 0, requests: 0 },
        reserved: { usd: 60, tokens: 60, requests: 1 },
      });
      flush();
      expect(fake.calls).toHaveLength(2); // the first was cheaper than it might have been
      const { budget, deployments } = router.snapshot();
      const [one] = deployments;
      expect(budget?.reserved).toEqual({ usd: 0, tokens: 0, requests: 0 });
      expect(budget?.spent).toEqual({ usd: one?.cost, tokens: one?.usage.totalTokens, requests: 2 });
      expect(rows).toEqual([Number(one?.cost) / 2, Number(one?.cost) / 2]);
    });
  });

  it('reserves for a long prompt what a long prompt costs', () => {
    inVirtualTime(() => {
      const stepped = { ...price, longPrompt: { above: 2, input: 3_000_000, output: 5_000_000 } };
      const router = routerOf([{ fake: quick(), price: stepped }], { budget: { usd: 1000 } });
      router
        .result$(ask({ max_tokens: 57 }))
        .subscribe()
        .unsubscribe();
      expect(router.snapshot().budget?.spent).toMatchObject({ usd: 3 * 3 + 57 * 5, tokens: 60 });
    });
  });

  it('in tokens: estimates of aborted calls count', () => {
    inVirtualTime(({ flush }) => {
      const router = routerOf([{ fake: quick() }], { budget: { tokens: 100 } });
      router
        .result$(ask({ max_tokens: 97 }))
        .subscribe()
        .unsubscribe();
      const rows: string[] = [];
      router.result$(ask({ max_tokens: 1 })).subscribe((row) => rows.push(brief(row)));
      flush();
      expect(rows).toEqual(['!BudgetExceeded']);
    });
  });

  it('in USD want a price of every deployment', () => {
    const router = routerOf([{ fake: quick(), price }, { fake: quick() }]);
    expect(() => router.parallel$(['a'], { budget: { usd: 1 } })).toThrow(ConfigError);
    expect(() => router.parallel$(['a'], { budget: { usd: 1 } })).toThrow(/budget\.usd: the price of b is not known/);
    expect(() => router.parallel$(['a'], { budget: { usd: -1 } })).toThrow(
      /^budget\.usd: expected a number from 0, got -1/,
    );
  });

  it('know prices from the table, and what cached tokens cost', () => {
    inVirtualTime(({ flush }) => {
      const usage = {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 15,
        prompt_tokens_details: { cached_tokens: 4 },
      };
      const body = {
        id: 'x',
        created: 0,
        model: 'm',
        usage,
        choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
      };
      const prices = { 'fake/fake': { input: 2, output: 10, cachedInput: 1 } };
      const router = routerOf([{ fake: fakeProvider([{ status: 200, body }]) }], { prices });
      const costs: unknown[] = [];
      router.result$('hi').subscribe(({ cost, attempts }) => costs.push(cost, attempts[0]?.cost));
      flush();
      expect(costs).toEqual([66e-6, 66e-6]);
    });
  });
});
