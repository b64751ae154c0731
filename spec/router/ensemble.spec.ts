import { interval, map, of, take, timer } from 'rxjs';
import type { Progress } from '../../lib/bulk/progress';
import type { RouterConfig } from '../../lib/config/router-config';
import type { CompletionRequest } from '../../lib/domain/request';
import type { ParallelResult } from '../../lib/domain/result';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import { createRouter, type FanoutRouter } from '../../lib/router';
import type { EnsembleOptions } from '../../lib/router-ensemble';
import { toAsyncIterable } from '../../lib/rx/to-async-iterable';
import type { Requests } from '../../lib/rx/source/to-source';
import { fakeProvider, simulateProviders, virtualTime, type FakeProvider } from '../../lib/testing/index';
import { allOf } from '../support/all-of';
import { brief } from '../support/brief';
import { closing } from '../support/closing';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';
import { until } from '../support/until';

const groups = ['fast', 'smart'];

const promptIn = ([first]: CompletionRequest['messages']): string => first?.content as string;

/** `fast` answers after 10 ms, `smart` after 25, each with its name and the prompt; `bad` prompts are refused. */
function ensemble(config: Partial<RouterConfig> = {}): readonly [FanoutRouter, FakeProvider, FakeProvider] {
  const speaker = (name: string, afterMs: number): FakeProvider =>
    fakeProvider(({ messages }) => {
      const said = promptIn(messages);
      return said.startsWith('bad') ? { status: 400, afterMs: 1 } : { text: `${name} ${said}`, afterMs };
    });
  const [fast, smart] = [speaker('fast', 10), speaker('smart', 25)];
  const deployments = [
    { group: 'fast', ...fast },
    { group: 'smart', ...smart },
  ];
  return [createRouter({ ...virtualTime, deployments, ...config }), fast, smart];
}

/** A row in a word: its index, its group and its answer. */
const shown = (row: ParallelResult<unknown>): string => `${String(row.index)} ${String(row.group)}: ${brief(row)}`;
const shownOf = (requests: Requests<string>, options: Partial<EnsembleOptions> = {}): readonly string[] => {
  const [router] = ensemble();
  return rowsOf(() => router.ensemble$(requests, { groups, ...options })).map(shown);
};

describe('ensemble$', () => {
  it('asks every group every request; a row has its request, its index and its group', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const [router, fast, smart] = ensemble();
      const request = { messages: [{ role: 'user', content: 'b' }], model: 'fast', metadata: { id: 7 } } as const;
      const rows: ParallelResult<unknown>[] = [];
      const rows$ = router.ensemble$(['a', request], { groups });
      rows$.subscribe((row) => rows.push(row));
      expectObservable(rows$.pipe(map(shown))).toBe('10ms (ab) 11ms (cd|)', {
        a: '0 fast: fast a',
        b: '1 fast: fast b',
        c: '0 smart: smart a',
        d: '1 smart: smart b',
      });
      flush();
      expect(rows.map((row) => row.request)).toEqual(['a', request, 'a', request]);
      expect(rows[1]?.request).toBe(request);
      expect(rows.map(({ deployment }) => deployment)).toEqual([
        'fast/fake/fake',
        'fast/fake/fake',
        'smart/fake/fake',
        'smart/fake/fake',
      ]);
      expect([fast.calls.length, smart.calls.length]).toEqual([4, 4]); // for two subscriptions
    });
  });

  it("emits by request and then by group with order: 'input', in a window of one too", () => {
    const expected = ['0 smart: smart a', '0 fast: fast a', '1 smart: smart b', '1 fast: fast b'];
    for (const window of [undefined, 1, 2, 3]) {
      expect(shownOf(['a', 'b'], { groups: ['smart', 'fast'], order: 'input', window })).toEqual(expected);
    }
  });

  it('counts a request once for each group in its concurrency', () => {
    inVirtualTime(({ expectObservable }) => {
      const [router] = ensemble();
      const rows$ = router.ensemble$(['a', 'b'], { groups, concurrency: 2 });
      const numbers$ = rows$.pipe(map(({ index, group }) => `${String(index)}${String(group)}`));
      // fast a 10, fast b 10 more; smart a at 25; smart b from 20 on
      expectObservable(numbers$).toBe('10ms a 9ms b 4ms c 19ms (d|)', {
        a: '0fast',
        b: '1fast',
        c: '0smart',
        d: '1smart',
      });
    });
  });

  it('is lazy: of an endless generator no more is taken than its lanes have use for', () => {
    let [pulled, closed] = [0, 0];
    function* endless(): Generator<string> {
      try {
        for (;;) yield String(pulled++);
      } finally {
        closed++;
      }
    }
    const [router, fast, smart] = ensemble();
    const rows = rowsOf(() => router.ensemble$(endless(), { groups, concurrency: 4 }).pipe(take(20)));
    expect(rows).toHaveLength(20);
    expect(pulled).toBeLessThanOrEqual(20 / 2 + 4);
    expect(closed).toBe(1);
    expect(fast.calls.length + smart.calls.length).toBeLessThanOrEqual(20 + 4);
  });

  it('tells of an Observable how long a request lay in the queue, for each group', () => {
    const [router] = ensemble();
    const rows = rowsOf(() => router.ensemble$(of('a', 'b'), { groups, concurrency: 1, order: 'input' }));
    expect(rows.map(({ timing }) => timing.queuedMs)).toEqual([0, 10, 35, 45]);
    const pulled = rowsOf(() => router.ensemble$(['a', 'b'], { groups, concurrency: 1, order: 'input' }));
    expect(pulled.map(({ timing }) => timing.queuedMs)).toEqual([0, 0, 0, 0]);
  });

  it('tells events by the index of the request', () => {
    const [router] = ensemble();
    const started: string[] = [];
    router.events$.subscribe((event) => {
      if (event.type === 'attempt-started') started.push(`${String(event.index)} ${event.group}`);
    });
    rowsOf(() => router.ensemble$(['a', 'b'], { groups }));
    expect(started).toEqual(['0 fast', '0 smart', '1 fast', '1 smart']);
  });

  it('is cold, and aborts all when it is left', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const [router, fast, smart] = ensemble();
      const rows$ = router.ensemble$(['a', 'b'], { groups });
      flush();
      expect(fast.calls).toHaveLength(0);
      expectObservable(rows$, '5ms !').toBe('');
      flush();
      for (const { calls } of [fast, smart]) expect(calls.map(({ ended }) => ended)).toEqual(['aborted', 'aborted']);
      expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0 }, { inFlight: 0 }] });
    });
  });

  it('falls back to nobody, whatever the router or the request says', () => {
    const [failing, backup] = [fakeProvider([{ status: 401 }]), fakeProvider([{ text: 'backup' }])];
    const deployments = [
      { group: 'failing', ...failing },
      { group: 'backup', ...backup },
    ];
    const router = createRouter({ ...virtualTime, deployments, fallbacks: { '*': ['backup'] } });
    const request = { messages: [{ role: 'user', content: 'x' }], routing: { fallbacks: ['backup'] } } as const;
    const rows = rowsOf(() => router.ensemble$([request, 'x'], { groups: ['failing'] }));
    expect(rows.map(shown)).toEqual(['0 failing: !Authentication', '1 failing: !Authentication']);
    expect(backup.calls).toHaveLength(0);
  });

  it('gives a row for each group of what is malformed, and of a group that nobody knows', () => {
    const [router, fast] = ensemble();
    const requests = [{ model: 5 } as unknown as string, null as unknown as string, 'a'];
    const rows = rowsOf(() => router.ensemble$(requests, { groups: ['fast', 'x'], order: 'input' }));
    expect(rows.map(shown)).toEqual([
      '0 fast: !BadRequest',
      '0 x: !BadRequest',
      '1 fast: !BadRequest',
      '1 x: !BadRequest',
      '2 fast: fast a',
      '2 x: !BadRequest',
    ]);
    expect(rows[0]?.request).toBe(requests[0]);
    expect(fast.calls).toHaveLength(1);
  });

  it('asks a group once that is named twice', () => {
    expect(shownOf(['a'], { groups: ['fast', 'smart', 'fast'] })).toEqual(['0 fast: fast a', '0 smart: smart a']);
  });

  it.each<[unknown, unknown, RegExp]>([
    ['a prompt', { groups }, /requests is a string: wrap it in an array/],
    [['a'], { groups: [] }, /groups must be names of groups, at least one, .* not \[\]/],
    [['a'], undefined, /groups must be .* not undefined/],
    [['a'], { groups, concurrency: 0 }, /concurrency must be/],
  ])('%j with %j: a TypeError at the call', (requests, options, said) => {
    const [{ ensemble$ }] = ensemble();
    expect(() => ensemble$(requests as string[], options as EnsembleOptions)).toThrow(TypeError);
    expect(() => ensemble$(requests as string[], options as EnsembleOptions)).toThrow(said);
  });
});

describe('the options of a run, in an ensemble', () => {
  it('progress counts a request once for each group', () => {
    const [router] = ensemble();
    const told: Progress[] = [];
    const progress = (one: Progress) => told.push(one);
    rowsOf(() => router.ensemble$(['a', 'bad', 'c'], { groups, progress }));
    expect(told.at(-1)).toMatchObject({ total: 6, taken: 6, done: 6, failed: 2, inFlight: 0, etaMs: 0 });
  });

  it('failFast ends with the first failure of any group', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const [router, fast, smart] = ensemble();
      const rows$ = router.ensemble$(['a', 'bad'], { groups, failFast: true });
      expectObservable(rows$).toBe('-#', undefined, expect.objectContaining({ _tag: 'BadRequest', status: 400 }));
      flush();
      expect([fast, smart].map(({ calls }) => calls[0]?.ended)).toEqual(['aborted', 'aborted']);
    });
  });

  it('signal errors with its reason', async () => {
    const [router, fast] = ensemble();
    const rows = allOf(router.ensemble$(['a'], { groups, signal: AbortSignal.abort('enough') }));
    await expect(rows).rejects.toBe('enough');
    expect(fast.calls).toHaveLength(0);
  });

  it('stopTaking gives no group anything new', () => {
    const rows = shownOf(['a', 'b', 'c'], { concurrency: 1, stopTaking: timer(5) });
    expect(rows).toEqual(['0 fast: fast a']);
  });

  it.each<[string, (items: readonly string[]) => Requests<string>, number]>([
    ['an array gives all of them their rows', (items) => items, 8],
    ['a generator only what was taken', (items) => items.values(), 2],
  ])('maxErrorRate: of %s', (_, input, expected) => {
    const [router, fast, smart] = ensemble();
    const options = { groups, concurrency: 2, maxErrorRate: { ratio: 0, minimum: 1 } };
    const rows = rowsOf(() => router.ensemble$(input(['bad', 'a', 'b', 'c']), options));
    expect(rows).toHaveLength(expected);
    expect(new Set(rows.map(({ index, group }) => `${String(index)} ${String(group)}`)).size).toBe(expected);
    expect(rows.map(brief).sort()).toEqual(['!BadRequest', '!BadRequest', ...Array(expected - 2).fill('!Cancelled')]);
    expect([fast.calls.length, smart.calls.length]).toEqual([1, 1]);
  });

  it('maxRetries and timeouts are those of each call to each group', () => {
    const fakes = [fakeProvider([{ status: 500 }]), fakeProvider([{ fail: 'hang' }])];
    const deployments = fakes.map((fake, i) => ({ group: groups[i]!, ...fake }));
    const router = createRouter({ ...virtualTime, deployments });
    const options = { groups, maxRetries: 0, timeouts: { attemptMs: 50 } };
    expect(rowsOf(() => router.ensemble$(['a'], options)).map(shown)).toEqual([
      '0 fast: !ServerError',
      '0 smart: !Timeout attempt',
    ]);
  });
});

describe('the input of an ensemble', () => {
  async function* later(): AsyncGenerator<string> {
    for (const one of ['a', 'b']) yield await Promise.resolve(one);
  }
  const rows = ['0 fast: fast a', '0 smart: smart a', '1 fast: fast b', '1 smart: smart b'];

  it.each<[string, () => Requests<string>]>([
    ['an array', () => ['a', 'b']],
    ['a Set', () => new Set(['a', 'b'])],
    ['an async generator', later],
    ['a promise of an array', () => Promise.resolve(['a', 'b'])],
    [
      'an Observable',
      () =>
        interval(3).pipe(
          take(2),
          map((n) => 'ab'[n]!),
        ),
    ],
  ])('may be %s', async (_, input) => {
    const quick = groups.map((group) => ({
      group,
      ...fakeProvider(({ messages }) => ({ text: `${group} ${promptIn(messages)}` })),
    }));
    const { ensemble$ } = createRouter({ deployments: quick });
    for (const concurrency of [1, 3, Infinity]) {
      expect((await allOf(ensemble$(input(), { groups, order: 'input', concurrency }))).map(shown)).toEqual(rows);
    }
  });

  it('is held by a slow reader', async () => {
    let pulled = 0;
    function* many(): Generator<string> {
      while (pulled < 1000) yield String(pulled++);
    }
    const router = createRouter({
      deployments: groups.map((group) => ({ group, ...fakeProvider([{ text: 'ok' }]) })),
    });
    let read = 0;
    for await (const { group } of toAsyncIterable(router.ensemble$(many(), { groups, concurrency: 4 }))) {
      expect(groups).toContain(group);
      if (++read === 10) break;
      await new Promise(setImmediate);
      expect(pulled).toBeLessThanOrEqual(read / 2 + 4);
    }
  });
});

describe('ensemble$ over HTTP', () => {
  const opened = closing();

  it('closes the sockets of all groups when it is left', async () => {
    const servers = await Promise.all(
      [1, 2].map((seed) => simulateProviders({ seed, latency: { p50Ms: 5000, p99Ms: 6000 } }).then(opened)),
    );
    const router = opened(
      createRouter({
        deployments: servers.map(({ url }, i) => ({
          group: groups[i]!,
          provider: openAICompatible({ baseURL: `${url}/v1`, model: 'm' }),
        })),
      }),
    );
    const run = router.ensemble$(['a', 'b', 'c', 'd'], { groups, concurrency: 6 }).subscribe();
    await until('six are in flight', () => servers.every(({ stats }) => stats().inFlight === 3));
    run.unsubscribe();
    await until('no socket is open', () => servers.every(({ stats }) => stats().openSockets === 0), 100);
    for (const { stats } of servers) expect(stats()).toMatchObject({ requests: 3, aborted: 3, inFlight: 0 });
  });
});
