import { filter, map, take, takeUntil, tap, timer } from 'rxjs';
import type { CompletionError } from '../../lib/domain/error';
import type { RouterConfig } from '../../lib/config/router-config';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeProvider, type FakeScript } from '../../lib/testing/index';
import { heard, told } from '../support/heard';
import { hundredfold } from '../support/hundredfold';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';

const routerOf = (fake: FakeProvider, config: Partial<RouterConfig> = {}) =>
  createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }], ...config });

/** The chunks of one request, in a word each. */
function words$(script: FakeScript, config?: Partial<RouterConfig>) {
  const fake = fakeProvider(script);
  return { fake, words$: routerOf(fake, config).stream$('hello').pipe(map(heard)) };
}

function failureOf(script: FakeScript, config?: Partial<RouterConfig>): CompletionError {
  const [row] = rowsOf(() => routerOf(fakeProvider(script), config).parallelStream$(['hello'])).flatMap((event) =>
    event.type === 'result' ? [event.result] : [],
  );
  if (row?.outcome._tag !== 'Left') throw new Error('it did not fail');
  return row.outcome.left;
}

const role = { choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] };
const failed = { error: { message: 'The server had an error', type: 'server_error', code: null } };

describe('a streamed attempt', () => {
  it('gives chunks as they come, and ends after the last', () => {
    inVirtualTime(({ expectObservable }) => {
      const { words$: chunks$ } = words$([{ afterMs: 5, everyMs: 2, chunks: ['a', 'b'] }]);
      expectObservable(chunks$).toBe('5ms a-(b.u|)', { a: 'a', b: 'b', '.': '.stop', u: 'u' });
    });
  });

  it('asks for a stream, and for the usage', () => {
    const { fake, words$: chunks$ } = words$([{ chunks: ['a'] }]);
    rowsOf(() => chunks$);
    expect(fake.calls[0]?.request).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  it('holds back what has no content, and gives it with what has', () => {
    inVirtualTime(({ expectObservable }) => {
      const { words$: chunks$ } = words$([{ everyMs: 3, chunks: [role, role, 'a'] }]);
      expectObservable(chunks$).toBe('------(__a.u|)', { _: '_', a: 'a', '.': '.stop', u: 'u' });
    });
  });

  it('holds back many for little: the more there are, each costs the same', async () => {
    const hold = (n: number): void => {
      const script: FakeScript = [{ chunks: [...Array<object>(n).fill(role), 'a'] }];
      expect(rowsOf(() => words$(script).words$)).toHaveLength(n + 3);
    };
    expect(await hundredfold(600, hold)).toBeLessThan(400);
  });

  it('takes a whole reply for a stream of one chunk', () => {
    const body = { choices: [{ message: { role: 'assistant', content: 'A cherry' }, finish_reason: 'stop' }] };
    const { words$: chunks$ } = words$([{ status: 200, body }]);
    expect(rowsOf(() => chunks$)).toEqual(['A cherry']);
  });

  it('asks a provider that knows no streams for a whole reply', () => {
    const fake = fakeProvider([{ text: 'A cherry' }]);
    const { chunks: _, ...provider } = fake.provider;
    const router = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake, provider }] });
    expect(rowsOf(() => router.stream$('hello').pipe(map(heard)))).toEqual(['A cherry']);
    expect(fake.calls[0]?.request).not.toHaveProperty('stream');
  });

  it('waits a moment for the body to end after the terminal marker, then closes it', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const { provider } = fakeProvider([{ chunks: [] }]);
      const done = { type: 'message', data: { _tag: 'Left', left: { kind: 'not-json', text: '[DONE]' } } } as const;
      const data = { _tag: 'Right', right: { choices: [{ index: 0, delta: { content: 'a' } }] } } as const;
      const events = [{ type: 'message', data }, done];
      const body = { _tag: 'Left', left: { kind: 'empty', text: '' } } as const;
      const late = [{ type: 'message', data }];
      const piece = { status: 200, headers: {}, body };
      const source = cold('-d-l', { d: { ...piece, events }, l: { ...piece, events: late } });
      const subs = '       ^ 250ms !';
      const router = createRouter({ ...virtualTime, deployments: [{ group: 'g', provider, transport: () => source }] });
      expectObservable(router.stream$('hello').pipe(map(heard))).toBe('-a 249ms |');
      expectSubscriptions(source.subscriptions).toBe(subs);
    });
  });

  it('is aborted by who leaves after a chunk: nothing more is sent', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const { fake, words$: chunks$ } = words$([{ everyMs: 3, chunks: ['a', 'b', 'c'] }]);
      expectObservable(chunks$.pipe(take(2))).toBe('a--(b|)');
      flush();
      expect(fake.calls).toMatchObject([{ ended: 'aborted' }]);
    });
  });

  it('frees its place when it ends, not when it begins', () => {
    inVirtualTime(({ expectObservable }) => {
      const fake = fakeProvider([{ everyMs: 10, chunks: ['a', 'b'] }]);
      const router = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake, maxParallel: 1 }] });
      const results$ = router.parallel$([
        { messages: [{ role: 'user', content: 'one' }], stream: true },
        { messages: [{ role: 'user', content: 'two' }], stream: true },
      ]);
      expectObservable(results$.pipe(map(({ index }) => String(index)))).toBe('10ms 0 9ms (1|)');
    });
  });
});

describe('a stream that breaks', () => {
  it('before the first content is retried unseen', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const script: FakeScript = [{ afterMs: 1, chunks: [role], fail: 'cut' }, { chunks: ['a'] }];
      const { fake, words$: chunks$ } = words$(script);
      expectObservable(chunks$).toBe('501ms (a.u|)', { a: 'a', '.': '.stop', u: 'u' });
      flush();
      expect(fake.calls).toHaveLength(2);
    });
  });

  it.each(['cut', 'reset'] as const)('after content fails, with what was heard (%s)', (fail) => {
    const error = failureOf([{ chunks: ['A ', 'cherry'], fail }]);
    expect(error).toMatchObject({ _tag: 'Connection', partial: 'A cherry', attempts: [{ ended: 'failed' }] });
    expect(error.message).not.toContain('cherry');
  });

  it('after an end without content is retried unseen: nothing had been said', () => {
    const last = { choices: [{ index: 0, delta: {}, finish_reason: 'error' }] };
    const { words$: chunks$ } = words$([{ chunks: [last, failed] }, { chunks: ['a'] }]);
    expect(rowsOf(() => chunks$)).toEqual(['a', '.stop', 'u']);
  });

  it('is an answer when only its end breaks: everything had been said', () => {
    const last = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
    const { fake, words$: chunks$ } = words$([{ chunks: ['a', last], fail: 'reset' }]);
    expect(rowsOf(() => chunks$)).toEqual(['a', '.stop']);
    expect(fake.calls).toHaveLength(1);
  });

  it('says a failure in the middle by its kind, after the chunks that came before it', () => {
    inVirtualTime(({ expectObservable }) => {
      const { words$: chunks$ } = words$([{ chunks: ['a', failed] }]);
      const isServerError = expect.objectContaining({ _tag: 'ServerError', partial: 'a' }) as object;
      expectObservable(chunks$).toBe('(a#)', undefined, isServerError);
    });
  });

  it('shows the event that told of it only to who asked for bodies', () => {
    expect(failureOf([{ chunks: ['a', failed] }])).not.toHaveProperty('body');
    expect(failureOf([{ chunks: ['a', failed] }], { exposeBodies: true }).body).toBe(JSON.stringify(failed));
  });

  it('is retried after a failure in place of the first content', () => {
    const { words$: chunks$ } = words$([{ chunks: [role, failed] }, { chunks: ['a'] }]);
    expect(rowsOf(() => chunks$)).toEqual(['a', '.stop', 'u']);
  });

  it('begins again where that is wanted, and says so at the new first content', () => {
    inVirtualTime(({ expectObservable }) => {
      const fake = fakeProvider([{ chunks: ['a'], fail: 'cut' }, { chunks: [], fail: 'cut' }, { chunks: ['b'] }]);
      const router = routerOf(fake, { onStreamBreak: 'restart' });
      const expected = '(sa) 1496ms (rb.u=|)';
      expectObservable(router.parallelStream$(['hello']).pipe(map(told))).toBe(expected, {
        s: '0>',
        a: '0a',
        r: '0<',
        b: '0b',
        '.': '0.stop',
        u: '0u',
        '=': '0=b',
      });
    });
  });

  it('fails on stream$ even then: it could not say so', () => {
    inVirtualTime(({ expectObservable }) => {
      const { words$: chunks$ } = words$([{ chunks: ['a'], fail: 'cut' }, { chunks: ['b'] }], {
        onStreamBreak: 'restart',
      });
      expectObservable(chunks$).toBe('(a#)', undefined, expect.objectContaining({ _tag: 'Connection', partial: 'a' }));
    });
  });

  it('keeps what was heard last as partial when every new beginning fails', () => {
    const error = failureOf([{ chunks: ['A cherry'], fail: 'cut' }, { status: 500 }], { onStreamBreak: 'restart' });
    expect(error).toMatchObject({ _tag: 'ServerError', partial: 'A cherry', attempts: { length: 3 } });
  });

  it('is no failure of a request that nobody listens to, before its retries are spent', () => {
    const fake = fakeProvider([{ chunks: ['a'], fail: 'cut' }, { chunks: ['b'] }]);
    const request = { messages: [{ role: 'user', content: 'hello' }], stream: true } as const;
    const [row] = rowsOf(() => routerOf(fake).parallel$([request]));
    expect(row).toMatchObject({ outcome: { _tag: 'Right' }, attempts: [{ ended: 'failed' }, { ended: 'ok' }] });
  });

  it('is a ContentPolicyViolation when the filter took everything, and an answer when it took the rest', () => {
    const filtered = { choices: [{ index: 0, delta: {}, finish_reason: 'content_filter' }] };
    expect(failureOf([{ chunks: [filtered] }])).toMatchObject({ _tag: 'ContentPolicyViolation', attempts: [{}] });
    const { words$: chunks$ } = words$([{ chunks: ['a', filtered] }]);
    expect(rowsOf(() => chunks$)).toEqual(['a', '.content_filter', 'u']);
  });

  it('is not heard of before, when the filter took everything', () => {
    inVirtualTime(({ expectObservable }) => {
      const filtered = { choices: [{ index: 0, delta: {}, finish_reason: 'content_filter' }] };
      const { words$: chunks$ } = words$([{ chunks: [role, filtered] }]);
      expectObservable(chunks$).toBe('#', undefined, expect.objectContaining({ _tag: 'ContentPolicyViolation' }));
    });
  });
});

describe('the clocks of a stream', () => {
  const timeoutOf = (script: FakeScript, timeouts: RouterConfig['timeouts']) => {
    const error = failureOf(script, { timeouts, maxRetries: 0 });
    return [error._tag === 'Timeout' ? error.phase : error._tag, error.attempts[0]?.elapsedMs, error.partial];
  };
  const never: FakeScript = [{ fail: 'hang' }];
  const silentAfter: FakeScript = [{ afterMs: 3, chunks: ['a'], fail: 'hang' }];

  it.each([
    ['no content within firstChunkMs', never, { firstChunkMs: 10 }, ['firstChunk', 10, undefined]],
    ['nor within a shorter attemptMs', never, { firstChunkMs: 10, attemptMs: 7 }, ['firstChunk', 7, undefined]],
    ['silence for chunkMs', silentAfter, { firstChunkMs: 10, chunkMs: 20 }, ['chunk', 23, 'a']],
    ['the deadline, before content', never, { firstChunkMs: 10, totalMs: 5 }, ['total', 5, undefined]],
    ['the deadline, in the middle', silentAfter, { chunkMs: 20, totalMs: 5 }, ['total', 5, 'a']],
  ] as const)('ends it after %s', (_, script, timeouts, expected) => {
    expect(timeoutOf(script, timeouts)).toEqual(expected);
  });

  it('do not count what has no content as the first', () => {
    const roles: FakeScript = [{ everyMs: 4, chunks: [role, role, role, role, 'a'] }];
    expect(timeoutOf(roles, { firstChunkMs: 10 })).toEqual(['firstChunk', 10, undefined]);
  });

  it.each([
    ['chunkMs', { chunkMs: 100 }],
    ['totalMs', { totalMs: 100 }],
  ] as const)('take no answer back that was whole before %s ran out, whenever its body ends', (_, timeouts) => {
    const stop = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
    inVirtualTime(({ expectObservable, flush }) => {
      const { fake, words$: chunks$ } = words$([{ chunks: ['a', stop], fail: 'hang' }], { timeouts });
      expectObservable(chunks$).toBe('(a.) 96ms |', { a: 'a', '.': '.stop' });
      flush();
      expect(fake.calls).toMatchObject([{ ended: 'aborted' }]);
    });
  });

  it('take one back of whose choices one is not at its end', () => {
    const both = { choices: [0, 1].map((index) => ({ index, delta: { content: 'a' } })) };
    const one = { choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] };
    expect(timeoutOf([{ chunks: [both, one], fail: 'hang' }], { chunkMs: 10 })).toEqual(['chunk', 10, 'a']);
  });

  it('let a stream go on for longer than attemptMs once it has begun', () => {
    const { words$: chunks$ } = words$([{ everyMs: 4, chunks: ['a', 'b', 'c', 'd'] }], { timeouts: { attemptMs: 5 } });
    expect(rowsOf(() => chunks$)).toHaveLength(6);
  });

  it('are the deployment’s own where it has some', () => {
    const deployment = { group: 'fake', ...fakeProvider(never), timeouts: { firstChunkMs: 4 } };
    const router = createRouter({
      ...virtualTime,
      deployments: [deployment],
      maxRetries: 0,
      timeouts: { firstChunkMs: 9 },
    });
    const [row] = rowsOf(() => router.result$({ messages: [{ role: 'user', content: 'hi' }], stream: true }));
    expect(row?.timing.elapsedMs).toBe(4);
  });

  it('make a retry of a stream that never began', () => {
    inVirtualTime(({ expectObservable }) => {
      const { words$: chunks$ } = words$([{ fail: 'hang' }, { chunks: ['a'] }], { timeouts: { firstChunkMs: 10 } });
      expectObservable(chunks$.pipe(take(1))).toBe('510ms (a|)');
    });
  });
});

describe('what a stream leaves behind', () => {
  it('is a row as of a whole reply, and the time of its first content', () => {
    const fake = fakeProvider([{ afterMs: 7, everyMs: 5, chunks: [role, 'A ', 'cherry'] }]);
    const request = { messages: [{ role: 'user', content: 'hello' }], stream: true, metadata: 1 } as const;
    const [row] = rowsOf(() => routerOf(fake).parallel$([request]));
    expect(row).toMatchObject({
      request,
      outcome: {
        right: { id: 'chatcmpl-fake-0', choices: [{ message: { content: 'A cherry' }, finish_reason: 'stop' }] },
      },
      usage: { completionTokens: 2 },
      attempts: [{ ended: 'ok', elapsedMs: 17 }],
      timing: { elapsedMs: 17, firstChunkMs: 12 },
    });
  });

  it('has no time of a first content when it was not streamed', () => {
    const [row] = rowsOf(() => routerOf(fakeProvider([{ text: 'ok' }])).parallel$(['hello']));
    expect(row?.timing).not.toHaveProperty('firstChunkMs');
  });

  it('is cancelled by routing.until in the middle, with what was heard', () => {
    inVirtualTime(({ flush }) => {
      const fake = fakeProvider([{ everyMs: 3, chunks: ['a', 'b', 'c'] }]);
      const request = { messages: [{ role: 'user', content: 'x' }], routing: { until: timer(4) } } as const;
      const results: unknown[] = [];
      routerOf(fake)
        .parallelStream$([request])
        .pipe(
          tap((event) => {
            if (event.type === 'result') results.push(event.result.outcome);
          }),
        )
        .subscribe();
      flush();
      expect(results).toMatchObject([{ left: { _tag: 'Cancelled', partial: 'ab' } }]);
      expect(fake.calls).toMatchObject([{ ended: 'aborted' }]);
    });
  });
});

describe('dropUnsupported', () => {
  const picky = (dropped: readonly string[]): FakeProvider => {
    const fake = fakeProvider([{ afterMs: 10, text: 'ok' }]);
    const { provider } = fake;
    const toCall: typeof provider.toCall = (request, options) => {
      const call = provider.toCall(request, options);
      return call._tag === 'Left' || options.dropUnsupported !== true
        ? call
        : { ...call, right: { ...call.right, dropped } };
    };
    return Object.assign(fake, { provider: { ...provider, toCall } });
  };

  it('tells each field that was left out', () => {
    const router = routerOf(picky(['seed', 'n']), { dropUnsupported: true });
    const events: unknown[] = [];
    router.events$.subscribe((event) => events.push(event));
    rowsOf(() => router.result$('hello'));
    const where = { type: 'field-dropped', group: 'fake', deployment: 'fake/fake/fake', index: 0, at: 0 };
    expect(events).toEqual(
      expect.arrayContaining([
        { ...where, field: 'seed' },
        { ...where, field: 'n' },
      ]),
    );
  });

  it('sends nothing for a waiter who leaves when told of it', () => {
    inVirtualTime(({ flush }) => {
      const fake = picky(['seed']);
      const router = createRouter({
        ...virtualTime,
        deployments: [{ group: 'fake', ...fake, maxParallel: 1 }],
        dropUnsupported: true,
      });
      const left$ = router.events$.pipe(filter((event) => event.type === 'field-dropped' && event.index === 1));
      router.parallel$(['first', 'second']).pipe(takeUntil(left$)).subscribe();
      flush();
      expect(fake.calls).toHaveLength(1);
      expect(router.snapshot().deployments).toMatchObject([{ inFlight: 0, aborted: 1 }]);
    });
  });

  it('is off by default', () => {
    const router = routerOf(picky(['seed']));
    const events: { readonly type: string }[] = [];
    router.events$.subscribe((event) => events.push(event));
    rowsOf(() => router.result$('hello'));
    expect(events.map(({ type }) => type)).toEqual(['attempt-started', 'attempt-succeeded']);
  });
});
