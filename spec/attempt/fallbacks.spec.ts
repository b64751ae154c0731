import { map } from 'rxjs';
import type { RouterConfig } from '../../lib/config/router-config';
import type { Routing } from '../../lib/domain/request';
import type { RouterEvent } from '../../lib/domain/router-event';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeProvider, type FakeReply, type FakeScript } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { heard, told } from '../support/heard';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';

const down: FakeReply = { status: 401 };
const ok: FakeReply = { text: 'ok' };
const times = ({ calls }: FakeProvider): readonly number[] => calls.map(({ at }) => at);

/** A router with a group for each script, of one deployment with the group's name. */
function routerOf<Group extends string>(
  scripts: Readonly<Record<Group, FakeScript>>,
  config: Partial<RouterConfig> = {},
): FanoutRouter & { readonly fakes: Readonly<Record<Group, FakeProvider>> } {
  const entries = Object.entries<FakeScript>(scripts).map(([name, script]) => [name, fakeProvider(script)] as const);
  const router = createRouter({
    ...virtualTime,
    deployments: entries.map(([name, fake]) => ({ group: name, id: name, ...fake })),
    defaultModel: 'a',
    ...config,
  });
  return { ...router, fakes: Object.fromEntries(entries) as Record<Group, FakeProvider> };
}

const ask = (routing: Routing = {}) => ({ messages: [{ role: 'user', content: 'hello' }], routing }) as const;

describe('a fallback', () => {
  it('is taken at once when the group has failed for good, and answers in its place', () => {
    const { result$, fakes } = routerOf(
      { a: [{ ...down, afterMs: 10 }], b: [{ ...ok, afterMs: 5 }] },
      { fallbacks: { a: ['b'] } },
    );
    const [row] = rowsOf(() => result$('hello'));
    expect(row).toMatchObject({ deployment: 'b', outcome: { _tag: 'Right' }, timing: { elapsedMs: 15 } });
    expect(row?.attempts.map(({ deployment, ended }) => [deployment, ended])).toEqual([
      ['a', 'failed'],
      ['b', 'ok'],
    ]);
    expect([times(fakes.a), times(fakes.b)]).toEqual([[0], [10]]);
  });

  it('is not taken by who succeeds', () => {
    const { result$, fakes } = routerOf({ a: [{ status: 500 }, ok], b: [ok] }, { fallbacks: { a: ['b'] } });
    expect(rowsOf(() => result$('hello'))).toMatchObject([{ deployment: 'a' }]);
    expect(times(fakes.b)).toEqual([]);
  });

  it('has retries of its own, which the budget of retries pays for; the fallback itself is free', () => {
    const { result$, fakes, snapshot } = routerOf(
      { a: [{ status: 500 }], b: [{ status: 500 }, { status: 500 }, ok] },
      { fallbacks: { a: ['b'] } },
    );
    const [row] = rowsOf(() => result$('hello'));
    expect(row && brief(row)).toBe('ok');
    expect([times(fakes.a), times(fakes.b)]).toEqual([
      [0, 500, 1500],
      [1500, 2000, 3000],
    ]);
    expect(snapshot().retryBudget).toBe(500 - 4 * 14 + 14);
  });

  it('has throttles of its own, and comes after those of the first group are spent', () => {
    const { result$, fakes } = routerOf(
      { a: [{ status: 429 }], b: [{ status: 429 }, ok] },
      { fallbacks: { a: ['b'] }, maxThrottles: 2 },
    );
    expect(rowsOf(() => result$('hello')).map(brief)).toEqual(['ok']);
    expect([times(fakes.a), times(fakes.b)]).toEqual([
      [0, 500, 1500],
      [1500, 2000],
    ]);
  });

  it('fails with the last failure, and the attempts of all groups', () => {
    const { result$ } = routerOf(
      { a: [down], b: [{ status: 404 }], c: [{ status: 403 }] },
      { fallbacks: { a: ['b', 'c'] } },
    );
    const [row] = rowsOf(() => result$('hello'));
    expect(row && brief(row)).toBe('!PermissionDenied');
    expect(row).not.toHaveProperty('deployment');
    expect(row?.attempts.map(({ deployment }) => deployment)).toEqual(['a', 'b', 'c']);
    expect(row?.outcome).toMatchObject({ left: { deployment: 'c', attempts: row?.attempts } });
  });

  it('stops at a failure that no group can mend', () => {
    const { result$, fakes } = routerOf({ a: [down], b: [{ status: 400 }], c: [ok] }, { fallbacks: { a: ['b', 'c'] } });
    expect(rowsOf(() => result$('hello')).map(brief)).toEqual(['!BadRequest']);
    expect(times(fakes.c)).toEqual([]);
  });

  it('goes on from group to group, by the lists of both', () => {
    const { result$ } = routerOf(
      { a: [down], b: [down], c: [down], d: [ok] },
      { fallbacks: { a: ['b'], b: ['c'], c: ['d'] } },
    );
    const [row] = rowsOf(() => result$('hello'));
    expect(row?.attempts.map(({ deployment }) => deployment)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is one of five at most, or as many as maxFallbacks says', () => {
    const others = ['b', 'c', 'd', 'e', 'f', 'g'];
    const scripts = Object.fromEntries(['a', ...others].map((name) => [name, [down]]));
    const fallbacks = { '*': others };
    const asked = (config: Partial<RouterConfig>) =>
      rowsOf(() => routerOf(scripts, { fallbacks, ...config }).result$('hello'))[0]?.attempts.length;
    expect(asked({})).toBe(6);
    expect(asked({ maxFallbacks: 1 })).toBe(2);
    expect(asked({ maxFallbacks: 0 })).toBe(1);
  });

  it('may be an alias, the id of a deployment or a model of a wildcard group; an entry for an alias is its group’s', () => {
    const [a, b, star] = [fakeProvider([down]), fakeProvider([down]), fakeProvider([ok])];
    const { result$ } = createRouter({
      ...virtualTime,
      defaultModel: 'a',
      aliases: { first: 'a', second: 'b' },
      deployments: [
        { group: 'a', id: 'a1', ...a },
        { group: 'b', id: 'b1', ...b },
        { group: 'b', id: 'b2', ...b },
        { group: 'any/*', id: 'star', ...star },
      ],
      fallbacks: { first: ['b1', 'any/model'] },
    });
    expect(rowsOf(() => result$('hello'))[0]?.attempts.map(({ deployment }) => deployment)).toEqual([
      'a1',
      'b1',
      'star',
    ]);
  });

  it('is told of', () => {
    const { result$, events$ } = routerOf({ a: [down], b: [ok] }, { fallbacks: { a: ['b'] } });
    const events: RouterEvent[] = [];
    events$.subscribe((event) => events.push(event));
    rowsOf(() => result$('hello'));
    expect(events.map(({ type }) => type)).toEqual([
      'attempt-started',
      'attempt-failed',
      'cooldown-entered',
      'fallback-taken',
      'attempt-started',
      'attempt-succeeded',
    ]);
    expect(events[3]).toEqual({ type: 'fallback-taken', at: 0, group: 'a', to: 'b', index: 0, tag: 'Authentication' });
  });

  it('ends with its subscriber', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const { result$, fakes } = routerOf({ a: [down], b: [{ fail: 'hang' }] }, { fallbacks: { a: ['b'] } });
      expectObservable(result$('hello'), '10ms !').toBe('-');
      flush();
      expect(fakes.b.calls).toMatchObject([{ ended: 'aborted' }]);
    });
  });

  it('is not taken in a run that has been stopped', () => {
    const { parallel$, fakes } = routerOf(
      { a: (_, call) => (call === 0 ? { status: 400, afterMs: 20 } : { ...down, afterMs: 30 }), b: [ok] },
      { fallbacks: { a: ['b'] } },
    );
    const options = { maxErrorRate: { ratio: 0.1, minimum: 1 }, concurrency: 2 };
    rowsOf(() => parallel$(['refused', 'under way'], options));
    expect(times(fakes.b)).toEqual([]);
  });
});

describe('routing.fallbacks', () => {
  const config = { fallbacks: { a: ['b'] }, contentPolicyFallbacks: { a: ['b'] } };
  const scripts = { a: [down], b: [ok], c: [{ text: 'c' }] };
  const answerTo = (routing: Routing) => rowsOf(() => routerOf(scripts, config).result$(ask(routing))).map(brief);

  it('come in place of the router’s', () => {
    expect(answerTo({})).toEqual(['ok']);
    expect(answerTo({ fallbacks: ['c'] })).toEqual(['c']);
    expect(answerTo({ fallbacks: [] })).toEqual(['!Authentication']);
  });

  it('false: none, whatever the failure', () => {
    expect(answerTo({ fallbacks: false })).toEqual(['!Authentication']);
    const refused = { error: { message: 'no', type: null, param: null, code: 'content_policy_violation' } };
    const { result$ } = routerOf({ ...scripts, a: [{ status: 400, body: refused }] }, config);
    expect(rowsOf(() => result$(ask({ fallbacks: false }))).map(brief)).toEqual(['!ContentPolicyViolation']);
    expect(rowsOf(() => result$(ask())).map(brief)).toEqual(['ok']);
  });

  it('with a name that is nobody’s are a BadRequest at once, and nothing is sent', () => {
    const { parallel$, fakes } = routerOf(scripts, config);
    const [row] = rowsOf(() => parallel$([ask({ fallbacks: ['c', 'nobody'] })]));
    expect(row).toMatchObject({
      index: 0,
      attempts: [],
      outcome: { left: { _tag: 'BadRequest', param: 'routing.fallbacks[1]' } },
    });
    expect(row?.outcome).toMatchObject({ left: { message: expect.stringContaining('nobody') as unknown } });
    expect(times(fakes.a)).toEqual([]);
  });
});

describe('a group whose deployments all cool down', () => {
  const pair = (script: FakeScript, maxParallel?: number) => {
    const [a, b] = [fakeProvider(script), fakeProvider([ok])];
    const router = createRouter({
      ...virtualTime,
      maxRetries: 1,
      health: { allowedFails: 0 },
      deployments: [
        { group: 'a', id: 'a1', ...a, maxParallel },
        { group: 'a', id: 'a2', ...a, maxParallel },
        { group: 'b', id: 'b', ...b },
      ],
      defaultModel: 'a',
      fallbacks: { a: ['b'] },
    });
    return { ...router, a, b };
  };

  it.each<[string, FakeReply]>([
    ['failing', { status: 500 }],
    ['parked', { status: 429, headers: { 'retry-after': '61' } }],
    ['wrongly configured', down],
  ])('is not waited for, nor asked (%s)', (_, reply) => {
    const { parallel$, a, b } = pair([reply]);
    const rows = rowsOf(() => parallel$(['one', 'two'], { concurrency: 1 }));
    expect(rows.map(brief)).toEqual(['ok', 'ok']);
    expect(rows.map(({ attempts }) => attempts.length)).toEqual([3, 1]);
    expect([times(a), times(b)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('is left by those who wait for it, in the moment when the last of them fails', () => {
    const { parallel$, a, b } = pair([{ status: 500, afterMs: 30 }], 1);
    const rows = rowsOf(() => parallel$(['one', 'two', 'three', 'four']));
    expect(rows.map(brief)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect([times(a), times(b)]).toEqual([
      [0, 0],
      [30, 30, 30, 30],
    ]);
  });

  it('is waited for when it only has no room', () => {
    const { parallel$, b } = pair([{ ...ok, afterMs: 30 }], 1);
    rowsOf(() => parallel$(['one', 'two', 'three', 'four']));
    expect(times(b)).toEqual([]);
  });
});

describe('a request too long for its deployment', () => {
  const tooLong: FakeReply = {
    status: 400,
    body: { error: { message: 'too long', type: null, param: null, code: 'context_length_exceeded' } },
  };
  const windows = (scripts: readonly FakeScript[], sizes: readonly (number | undefined)[]) => {
    const [small, large, longer] = scripts.map(fakeProvider);
    const router = createRouter({
      ...virtualTime,
      deployments: [
        { group: 'a', id: 'small', ...small!, contextWindow: sizes[0] },
        { group: 'a', id: 'large', ...large!, contextWindow: sizes[1] },
        { group: 'longer', id: 'longer', ...longer! },
      ],
      defaultModel: 'a',
      contextWindowFallbacks: { a: ['longer'] },
    });
    const [row] = rowsOf(() => router.result$('hello'));
    return [row?.attempts.map(({ deployment }) => deployment), 500 - router.snapshot().retryBudget];
  };

  it('is asked of one with a larger window, as a retry', () => {
    expect(windows([[tooLong], [ok], [ok]], [8000, 16_000])).toEqual([['small', 'large'], 0]);
  });

  it('is asked of the next group when that is too small as well', () => {
    expect(windows([[tooLong], [tooLong], [ok]], [8000, 16_000])).toEqual([['small', 'large', 'longer'], 14 - 1]);
  });

  it.each([
    ['smaller', 8000, 4000],
    ['as large', 8000, 8000],
    ['not known', 8000, undefined],
    ['known, but its own is not', undefined, 8000],
  ])('is asked of the next group when the other window is %s', (_, own, other) => {
    expect(windows([[tooLong], [ok], [ok]], [own, other])).toEqual([['small', 'longer'], 0]);
  });
});

describe('the fallback of a stream', () => {
  const config: Partial<RouterConfig> = { fallbacks: { a: ['b'] }, maxRetries: 0 };

  it('is not seen before the first content', () => {
    inVirtualTime(({ expectObservable }) => {
      const { stream$ } = routerOf({ a: [{ afterMs: 3, status: 500 }], b: [{ afterMs: 2, chunks: ['b'] }] }, config);
      expectObservable(stream$('hello').pipe(map(heard))).toBe('-----(b.u|)', { b: 'b', '.': '.stop', u: 'u' });
    });
  });

  it('is none after it: the request fails with what was heard', () => {
    const { parallelStream$, fakes } = routerOf(
      { a: [{ chunks: ['a'], fail: 'cut' }], b: [{ chunks: ['b'] }] },
      config,
    );
    expect(rowsOf(() => parallelStream$(['x']).pipe(map(told))).join(' ')).toBe('0> 0a 0=!Connection');
    expect(times(fakes.b)).toEqual([]);
  });

  it('begins the answer anew where a restart is wanted', () => {
    const { parallelStream$ } = routerOf(
      { a: [{ chunks: ['a'], fail: 'cut' }], b: [{ chunks: ['b'] }] },
      { ...config, onStreamBreak: 'restart' },
    );
    expect(rowsOf(() => parallelStream$(['x']).pipe(map(told))).join(' ')).toBe('0> 0a 0< 0b 0.stop 0u 0=b');
  });
});

describe('the time of a request with fallbacks', () => {
  const silent: FakeReply = { fail: 'hang' };
  const list = { fallbacks: { a: ['b', 'c'] } };
  const total = (totalMs: number, more: Partial<RouterConfig> = {}): Partial<RouterConfig> => ({
    ...list,
    ...more,
    timeouts: { totalMs, ...more.timeouts },
  });

  it('is shared among the groups still to ask, each in its turn; the last has all that is left', () => {
    const { result$, fakes } = routerOf({ a: [silent], b: [silent], c: [silent] }, total(900));
    const [row] = rowsOf(() => result$('hello'));
    expect([times(fakes.a), times(fakes.b), times(fakes.c)]).toEqual([[0], [300], [600]]);
    expect(row && [brief(row), row.timing.elapsedMs]).toEqual(['!Timeout total', 900]);
    expect(row?.attempts.map(({ ended, elapsedMs }) => [ended, elapsedMs])).toEqual([
      ['failed', 300],
      ['failed', 300],
      ['aborted', 300],
    ]);
    expect(row?.attempts[0]?.error).toMatchObject({ _tag: 'Timeout', phase: 'attempt' });
  });

  it('rolls on where it is not used', () => {
    const { result$, fakes } = routerOf(
      { a: [{ ...down, afterMs: 100 }], b: [silent], c: [{ ...ok, afterMs: 400 }] },
      total(900),
    );
    expect(rowsOf(() => result$('hello')).map(brief)).toEqual(['ok']);
    expect([times(fakes.a), times(fakes.b), times(fakes.c)]).toEqual([[0], [100], [500]]);
  });

  it('leaves attemptMs its say, and counts a cut as a failure of the deployment', () => {
    const { result$, fakes, snapshot } = routerOf(
      { a: [silent], b: [ok], c: [ok] },
      total(3000, { timeouts: { attemptMs: 200 } }),
    );
    rowsOf(() => result$('hello'));
    expect([times(fakes.a), times(fakes.b)]).toEqual([[0, 700], [900]]);
    expect(snapshot().deployments[0]).toMatchObject({ failed: 2, aborted: 0 });
  });

  it('is not spent on a wait that would pass the share', () => {
    const { result$, fakes } = routerOf(
      { a: [{ status: 500, afterMs: 10 }], b: [{ status: 429, headers: { 'retry-after': '1' } }], c: [ok] },
      total(900),
    );
    expect(rowsOf(() => result$('hello')).map(brief)).toEqual(['ok']);
    expect([times(fakes.a), times(fakes.b), times(fakes.c)]).toEqual([[0], [10], [10]]);
  });

  it('is not spent on a limit that opens too late', () => {
    const [a, b] = [fakeProvider([ok]), fakeProvider([ok])];
    const { parallel$ } = createRouter({
      ...virtualTime,
      defaultModel: 'a',
      fallbacks: { a: ['b'] },
      deployments: [
        { group: 'a', ...a, rpm: 1 },
        { group: 'b', ...b },
      ],
    });
    rowsOf(() => parallel$(['one', 'two'], { concurrency: 1, timeouts: { totalMs: 60_000 } }));
    expect([times(a), times(b)]).toEqual([[0], [0]]);
  });

  it('ends the wait for a place with the share, not the request', () => {
    const [a, b] = [fakeProvider([{ ...ok, afterMs: 1000 }]), fakeProvider([ok])];
    const { parallel$ } = createRouter({
      ...virtualTime,
      defaultModel: 'a',
      fallbacks: { a: ['b'] },
      deployments: [
        { group: 'a', id: 'a', ...a, maxParallel: 1 },
        { group: 'b', id: 'b', ...b },
      ],
    });
    const rows = rowsOf(() => parallel$([ask(), ask({ timeouts: { totalMs: 600 } })], { order: 'input' }));
    expect(rows.map(({ deployment, timing }) => [deployment, timing.elapsedMs])).toEqual([
      ['a', 1000],
      ['b', 300],
    ]);
  });

  it('is shared to the first content of a stream; one that has begun goes on', () => {
    inVirtualTime(({ expectObservable }) => {
      const { stream$ } = routerOf(
        { a: [silent], b: [{ afterMs: 100, everyMs: 250, chunks: ['b', 'c'] }], c: [silent] },
        total(900),
      );
      const chunks$ = stream$('hello').pipe(map(heard));
      expectObservable(chunks$).toBe('400ms b 249ms (c.u|)', { b: 'b', c: 'c', '.': '.stop', u: 'u' });
    });
  });

  it.each([
    ['routing.fallbacks', { fallbacks: ['b'] }, [0, 450]],
    ['no fallbacks', { fallbacks: false }, [0]],
  ] as const)('is shared among those that %s leave', (_, routing, expected) => {
    const { parallel$, fakes } = routerOf({ a: [silent], b: [silent], c: [silent] }, total(900));
    const [row] = rowsOf(() => parallel$([ask(routing)]));
    expect([...times(fakes.a), ...times(fakes.b)]).toEqual(expected);
    expect(row?.timing.elapsedMs).toBe(900);
  });

  it('counts no more groups than maxFallbacks', () => {
    const { result$, fakes } = routerOf({ a: [silent], b: [silent], c: [silent] }, total(900, { maxFallbacks: 1 }));
    rowsOf(() => result$('hello'));
    expect([times(fakes.a), times(fakes.b), times(fakes.c)]).toEqual([[0], [450], []]);
  });
});

describe('a fallback’s place in line', () => {
  it('is that of the request: by its priority, then by when it came', () => {
    const prompt = (content: string, priority: number) =>
      ({ messages: [{ role: 'user', content }], routing: { priority } }) as const;
    const order: string[] = [];
    const [a, b] = [
      fakeProvider([{ ...down, afterMs: 5 }]),
      fakeProvider(({ messages }) => {
        order.push(messages[0]?.content as string);
        return { ...ok, afterMs: 100 };
      }),
    ];
    const { parallel$ } = createRouter({
      ...virtualTime,
      defaultModel: 'a',
      fallbacks: { a: ['b'] },
      deployments: [
        { group: 'a', ...a },
        { group: 'b', ...b, maxParallel: 1 },
      ],
    });
    const requests = [prompt('first', 5), prompt('last', 9), prompt('third', 5), prompt('second', 0)];
    rowsOf(() => parallel$(requests, { concurrency: 4 }));
    expect(order).toEqual(['first', 'second', 'third', 'last']);
  });
});
