import { EMPTY, map, of, timer } from 'rxjs';
import type { CompletionRequest } from '../../lib/domain/request';
import type { RouterRunOptions } from '../../lib/parallel-router';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeProvider, type FakeReply } from '../../lib/testing/index';
import { allOf } from '../support/all-of';
import { brief } from '../support/brief';
import { fakeJournal } from '../support/fake-journal';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';
import { words } from '../support/words';

const ask = (content: string, rest: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages: [{ role: 'user', content }],
  ...rest,
});
/** Answers with the prompt, after as many ms as it says. */
const parrot = (): FakeProvider =>
  fakeProvider(({ messages }) => {
    const said = messages[0]?.content;
    if (typeof said !== 'string') return { status: 422 };
    return said.startsWith('bad') ? { status: 400, afterMs: 1 } : { text: said, afterMs: Number(said) || 0 };
  });
const routerOf = (fake: FakeProvider): FanoutRouter =>
  createRouter({ ...virtualTime, deployments: [{ group: 'g', ...fake }] });
const messageOf = (row: { readonly outcome: unknown } | undefined): string =>
  (row?.outcome as { readonly left: Error }).left.message;

describe('parallel$', () => {
  it('emits rows as they finish, in the words of the request', () => {
    inVirtualTime(({ expectObservable }) => {
      const rows$ = routerOf(parrot()).parallel$(['30', '10', '20']);
      expectObservable(rows$.pipe(words())).toBe('10ms a 9ms b 9ms (c|)', { a: '10', b: '20', c: '30' });
    });
  });

  it("emits rows in input order with order: 'input'", () => {
    inVirtualTime(({ expectObservable }) => {
      const rows$ = routerOf(parrot()).parallel$(['30', '10', '20'], { order: 'input' });
      expectObservable(rows$.pipe(words())).toBe('30ms (abc|)', { a: '30', b: '10', c: '20' });
    });
  });

  it('gives the very request that was asked, its metadata included, and does not send that', () => {
    const fake = parrot();
    const request = ask('1', { metadata: { id: 7 }, routing: { priority: 1 }, temperature: 0 });
    const [row] = rowsOf(() => routerOf(fake).parallel$([request]));
    expect(row?.request).toBe(request);
    expect(fake.calls[0]?.request).toEqual({ messages: request.messages, model: 'fake', temperature: 0 });
  });

  it('says what a request took', () => {
    const fake = fakeProvider([
      { status: 500, afterMs: 20 },
      { text: 'four tok', afterMs: 10 },
    ]);
    const [row] = rowsOf(() => routerOf(fake).parallel$(['hello']));
    expect(row).toMatchObject({
      index: 0,
      deployment: 'g/fake/fake',
      timing: { queuedMs: 0, elapsedMs: 530 },
      usage: { completionTokens: 2 },
      attempts: [
        { deployment: 'g/fake/fake', startedAt: 0, elapsedMs: 20, ended: 'failed', error: { _tag: 'ServerError' } },
        { deployment: 'g/fake/fake', startedAt: 520, elapsedMs: 10, ended: 'ok', usage: { completionTokens: 2 } },
      ],
    });
  });

  it('is cold: nothing is sent before it is subscribed to, each subscription spends', () => {
    inVirtualTime(({ flush }) => {
      const fake = parrot();
      const rows$ = routerOf(fake).parallel$(['1', '2']);
      flush();
      expect(fake.calls).toHaveLength(0);
      rows$.subscribe();
      rows$.subscribe();
      flush();
      expect(fake.calls).toHaveLength(4);
    });
  });

  it('errors with the first failure under failFast, the rest is aborted', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = parrot();
      const rows$ = routerOf(fake).parallel$(['100', 'bad', '100'], { failFast: true });
      expectObservable(rows$).toBe('-#', undefined, expect.objectContaining({ _tag: 'BadRequest', status: 400 }));
      flush();
      expect(fake.calls.map(({ ended }) => ended)).toEqual(['aborted', 'replied', 'aborted']);
    });
  });

  it('shares limits and health between its runs', () => {
    inVirtualTime(({ expectObservable }) => {
      const router = createRouter({ ...virtualTime, deployments: [{ group: 'g', ...parrot(), maxParallel: 1 }] });
      expectObservable(router.parallel$(['10']).pipe(words())).toBe('10ms (a|)', { a: '10' });
      expectObservable(router.parallel$(['20']).pipe(words())).toBe('30ms (b|)', { b: '20' });
    });
  });

  it('serves by priority, then by arrival', () => {
    const router = createRouter({ ...virtualTime, deployments: [{ group: 'g', ...parrot(), maxParallel: 1 }] });
    const requests = [
      ask('10'),
      ask('11'),
      ask('12', { routing: { priority: 9 } }),
      ask('13', { routing: { priority: 0 } }),
    ];
    expect(rowsOf(() => router.parallel$([...requests, '14'])).map(brief)).toEqual(['10', '13', '11', '14', '12']);
  });
});

describe('gather$', () => {
  it('emits one array in input order', () => {
    inVirtualTime(({ expectObservable }) => {
      const rows$ = routerOf(parrot()).gather$(['30', '10', '20']);
      expectObservable(rows$.pipe(map((rows) => rows.map(brief)))).toBe('30ms (a|)', { a: ['30', '10', '20'] });
    });
  });

  it('in the order of completion with preserveOrder: false', () => {
    const rows$ = () => routerOf(parrot()).gather$(['30', '10', '20'], { preserveOrder: false });
    expect(rowsOf(rows$).map((rows) => rows.map(brief))).toEqual([['10', '20', '30']]);
  });

  it('emits an empty array for no requests', () => {
    inVirtualTime(({ expectObservable }) => {
      expectObservable(routerOf(parrot()).gather$([])).toBe('(a|)', { a: [] });
    });
  });
});

describe('result$ and completion$', () => {
  it('result$ never errors for a failed request', () => {
    expect(rowsOf(() => routerOf(parrot()).result$('bad')).map(brief)).toEqual(['!BadRequest']);
  });

  it('completion$ is the bare answer', async () => {
    const [completion] = await allOf(routerOf(fakeProvider([{ text: 'ok' }])).completion$('hello'));
    expect(completion).toMatchObject({ model: 'fake', choices: [{ message: { content: 'ok' } }] });
  });

  it('completion$ errors with the failure, which carries its attempts', () => {
    inVirtualTime(({ expectObservable }) => {
      const { completion$ } = routerOf(fakeProvider([{ status: 500 }]));
      const attempts = [0, 500, 1500].map((startedAt) => expect.objectContaining({ startedAt, ended: 'failed' }));
      expectObservable(completion$('hello')).toBe(
        '1500ms #',
        undefined,
        expect.objectContaining({ _tag: 'ServerError', status: 500, deployment: 'g/fake/fake', attempts }),
      );
    });
  });

  it('take the options of one request', () => {
    const fake = fakeProvider([{ status: 500 }]);
    rowsOf(() => routerOf(fake).result$('hello', { maxRetries: 0 }));
    expect(fake.calls).toHaveLength(1);
  });
});

describe('groups', () => {
  const groups = (config: object = {}): readonly [FanoutRouter, FakeProvider, FakeProvider] => {
    const [fast, smart] = [parrot(), parrot()];
    const deployments = [
      { group: 'fast', ...fast },
      { group: 'smart', ...smart },
    ];
    return [createRouter({ ...virtualTime, deployments, ...config }), fast, smart];
  };

  it('are chosen by model', () => {
    const [router, fast, smart] = groups();
    rowsOf(() => router.parallel$([ask('1', { model: 'smart' })]));
    expect([fast.calls.length, smart.calls.length]).toEqual([0, 1]);
  });

  it('a request without a model goes to the default', () => {
    const [router, fast, smart] = groups({ defaultModel: 'smart' });
    rowsOf(() => router.parallel$(['1']));
    expect([fast.calls.length, smart.calls.length]).toEqual([0, 1]);
  });

  it('a request without a model, where there are several and no default, is refused; so is an unknown one', () => {
    const [router, fast, smart] = groups();
    const rows = rowsOf(() =>
      router.parallel$(['1', ask('1', { model: 'large' }), ask('1', { model: 'fast' })], { order: 'input' }),
    );
    expect(rows.map(brief)).toEqual(['!BadRequest', '!BadRequest', '1']);
    expect(messageOf(rows[0])).toMatch(/no defaultModel; groups are fast, smart/);
    expect(messageOf(rows[1])).toMatch(/no group 'large'; groups are fast, smart/);
    expect(rows[1]?.attempts).toEqual([]);
    expect([fast.calls.length, smart.calls.length]).toEqual([1, 0]);
  });

  it('a long name is not repeated whole', () => {
    const [router] = groups();
    const [row] = rowsOf(() => router.parallel$([ask('1', { model: 'x'.repeat(5000) })]));
    expect(messageOf(row).length).toBeLessThan(300);
  });
});

describe('malformed requests', () => {
  it.each<[string, unknown, RegExp]>([
    ['no messages', {}, /messages/],
    ['empty messages', { messages: [] }, /at least one message/],
    ['a number', 5, /not sent/],
    ['null', null, /not sent/],
    ['a wrong role', { messages: [{ role: 'human', content: 'x' }] }, /role/],
    ["LiteLLM's num_retries", { ...ask('1'), num_retries: 3 }, /num_retries: use routing\.maxRetries/],
    ['a wrong clock', ask('1', { routing: { timeouts: { totalMs: -1 } } }), /totalMs/],
    ['wrong retries', ask('1', { routing: { maxRetries: -1 } }), /maxRetries/],
    ['an until that cannot be waited for', { ...ask('1'), routing: { until: 5 } }, /until/],
    ['an unknown route', { ...ask('1'), routing: { retries: 5 } }, /retries/],
    [
      'what JSON cannot say',
      { ...ask('1'), tools: [{ type: 'function', function: { name: 'f', parameters: { n: 1n } } }] },
      /tools: /,
    ],
    ['what is wrong and JSON cannot say', { messages: 7n }, /messages: /],
  ])('%s: a BadRequest at its index, and nothing is sent of it', (_, request, said) => {
    const fake = parrot();
    const requests = ['1', request as string, '2'];
    const rows = rowsOf(() => routerOf(fake).parallel$(requests, { order: 'input' }));
    expect(rows.map(brief)).toEqual(['1', '!BadRequest', '2']);
    expect(messageOf(rows[1])).toMatch(said);
    expect(rows[1]).toMatchObject({ index: 1, request, attempts: [], usage: { totalTokens: 0 } });
    expect(fake.calls).toHaveLength(2);
  });

  it.each<[string, RouterRunOptions]>([
    ['dedupe', { dedupe: true }],
    ['a journal', { journal: { ...fakeJournal(), append: () => EMPTY } }],
  ])('are the same failures with %s, also when JSON cannot say them', (_, options) => {
    const requests = ['1', { ...ask('1'), vendor_field: 1n }, { messages: 7n } as unknown as CompletionRequest, '2'];
    const rows = rowsOf(() => routerOf(parrot()).parallel$(requests, { ...options, order: 'input' }));
    expect(rows.map(brief)).toEqual(['1', '!BadRequest', '!BadRequest', '2']);
  });

  it('are failures for failFast too', async () => {
    const rows$ = routerOf(parrot()).parallel$([{} as CompletionRequest], { failFast: true });
    await expect(allOf(rows$)).rejects.toMatchObject({ _tag: 'BadRequest' });
  });
});

describe('options', () => {
  it.each<[object, RegExp]>([
    [{ concurrency: 0 }, /concurrency must be a whole number from 1, or Infinity, not 0/],
    [{ timeouts: { attemptMs: 0 } }, /timeouts\.attemptMs.*above 0/],
    [{ timeouts: { attemptMs: 'soon' } }, /timeouts\.attemptMs/],
    [{ timeouts: { attempts: 3 } }, /timeouts.*attempts/],
    [{ timeouts: 5 }, /timeouts/],
    [{ maxRetries: -1 }, /maxRetries.*from 0/],
    [{ maxRetries: 1.5 }, /maxRetries.*whole number/],
    [{ retries: 3 }, /unknown option 'retries': known are .*maxRetries/],
    [{ order: 'output' }, /order must be/],
  ])('%j is a TypeError at the call', (options, said) => {
    const fake = parrot();
    const { parallel$, gather$, result$ } = routerOf(fake);
    for (const call of [parallel$, gather$]) {
      expect(() => call(['1'], options)).toThrow(TypeError);
      expect(() => call(['1'], options)).toThrow(said);
    }
    expect(() => result$('1', options)).toThrow(said);
    expect(fake.calls).toHaveLength(0);
  });

  it('a bare string as requests is a TypeError that does not show it', () => {
    const { parallel$ } = routerOf(parrot());
    expect(() => parallel$('the prompt' as unknown as string[])).toThrow(/^requests is a string: wrap it in an array$/);
  });

  it('undefined is as good as absent', async () => {
    const { parallel$ } = routerOf(fakeProvider([{ text: 'ok' }]));
    const options = { concurrency: undefined, timeouts: undefined, maxRetries: undefined, signal: undefined };
    expect((await allOf(parallel$(of('hello'), options))).map(brief)).toEqual(['ok']);
  });
});

describe('snapshot', () => {
  it('counts what has been, and what is', () => {
    inVirtualTime(({ flush }) => {
      const script: readonly FakeReply[] = [
        { afterMs: 10, text: 'four tok' },
        { afterMs: 20, status: 500 },
        { afterMs: 30, status: 429 },
        { fail: 'hang' },
      ];
      const fake = fakeProvider(script);
      const router = createRouter({
        ...virtualTime,
        maxRetries: 1,
        deployments: [{ group: 'g', ...fake, maxParallel: 4 }],
      });
      let seen: unknown;
      const run = router.parallel$(Array(6).fill('hello')).subscribe();
      timer(40).subscribe(() => {
        seen = router.snapshot();
        run.unsubscribe();
      });
      flush();
      expect(seen).toMatchObject({
        waiting: 0, // for a place; one is in its back-off, one sits out a throttle
        retryBudget: 486,
        deployments: [
          { id: 'g/fake/fake', calls: 3, failed: 1, throttled: 1, aborted: 0, inFlight: 3, health: 'open' },
        ],
      });
      expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ calls: 6, aborted: 3, inFlight: 0 }] });
    });
  });
});
