import { map, NEVER, of, Subject, tap, timer } from 'rxjs';
import type { ParallelResult } from '../../lib/domain/result';
import type { RaceOptions } from '../../lib/router-race';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import { createRouter, type FanoutRouter } from '../../lib/router';
import {
  fakeProvider,
  simulateProviders,
  virtualTime,
  type FakeProvider,
  type FakeReply,
  type FakeScript,
} from '../../lib/testing/index';
import type { RouterConfig } from '../../lib/config/router-config';
import { allOf } from '../support/all-of';
import { brief } from '../support/brief';
import { closing } from '../support/closing';
import { inVirtualTime } from '../support/in-virtual-time';
import { rawReply } from '../support/raw-reply';
import { rowsOf } from '../support/rows-of';
import { scriptedServer } from '../support/scripted-server';
import { until } from '../support/until';
import { words } from '../support/words';

const after = (afterMs: number, text = 'ok'): FakeReply => ({ afterMs, text });
const ends = ({ calls }: FakeProvider): readonly unknown[] => calls.map(({ ended }) => ended);
const clean = (groups: number) => ({ waiting: 0, deployments: Array(groups).fill({ inFlight: 0 }) });

/** A router with one deployment a script: groups `a`, `b`, `c`. */
function contenders(
  scripts: readonly FakeScript[],
  config: Partial<RouterConfig> = {},
): readonly [FanoutRouter, ...FakeProvider[]] {
  const fakes = scripts.map(fakeProvider);
  const deployments = fakes.map((fake, i) => ({ group: 'abc'[i]!, ...fake }));
  return [createRouter({ ...virtualTime, deployments, ...config }), ...fakes];
}
const raced = (router: FanoutRouter, groups = ['a', 'b'], options: object = {}): ParallelResult<string> => {
  const rows = rowsOf(() => router.race$('hello', { groups, ...options }));
  expect(rows).toHaveLength(1);
  return rows[0]!;
};

describe('race$', () => {
  it('asks all groups at once; the first to succeed is the row, the others are aborted', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const [router, a, b, c] = contenders([[after(30, 'A')], [after(10, 'B')], [after(20, 'C')]]);
      const row$ = router.race$('hello', { groups: ['a', 'b', 'c'] });
      const shown$ = row$.pipe(map((row) => `${String(row.index)} ${String(row.group)} ${brief(row)}`));
      expectObservable(shown$).toBe('10ms (a|)', { a: '0 b B' });
      flush();
      expect([a, b, c].map((fake) => [fake!.calls[0]!.at, ends(fake!)])).toEqual([
        [0, ['aborted']],
        [0, ['replied']],
        [0, ['aborted']],
      ]);
      expect(router.snapshot()).toMatchObject(clean(3));
    });
  });

  it('has torn the others down when the row comes', () => {
    inVirtualTime(({ flush }) => {
      const [router, a] = contenders([[after(30)], [after(10)]]);
      const seen: unknown[] = [];
      router.race$('hello', { groups: ['a', 'b'] }).subscribe(() => {
        seen.push(ends(a!), router.snapshot());
      });
      flush();
      expect(seen).toEqual([['aborted'], expect.objectContaining({ waiting: 0 })]);
      expect(seen[1]).toMatchObject(clean(2));
    });
  });

  it('accounts for all calls of all groups, in the order in which they were made', () => {
    const retried: FakeScript = [{ status: 500, afterMs: 100 }, after(5000)];
    const [router] = contenders([retried, [after(700, 'four tok')], [{ status: 400, afterMs: 50 }]]);
    const row = raced(router, ['a', 'b', 'c']);
    expect(row).toMatchObject({ group: 'b', deployment: 'b/fake/fake', timing: { queuedMs: 0, elapsedMs: 700 } });
    expect(row.attempts.map(({ deployment, startedAt, ended }) => [deployment, startedAt, ended])).toEqual([
      ['a/fake/fake', 0, 'failed'],
      ['b/fake/fake', 0, 'ok'],
      ['c/fake/fake', 0, 'failed'],
      ['a/fake/fake', 600, 'aborted'],
    ]);
    const sum = row.attempts.reduce((tokens, { usage }) => tokens + (usage?.totalTokens ?? 0), 0);
    expect(row.usage.totalTokens).toBe(sum);
    expect(sum).toBeGreaterThan(0);
  });

  it('ends with the last failure when all fail, which has the calls of all', () => {
    const [router] = contenders([[{ status: 404, afterMs: 30 }], [{ status: 401, afterMs: 10 }]]);
    const row = raced(router);
    expect([brief(row), row.group, row.timing.elapsedMs]).toEqual(['!NotFound', 'a', 30]);
    expect(row.attempts.map(({ deployment, ended }) => [deployment, ended])).toEqual([
      ['a/fake/fake', 'failed'],
      ['b/fake/fake', 'failed'],
    ]);
    expect(row.outcome).toMatchObject({ left: { deployment: 'a/fake/fake', attempts: row.attempts } });
    expect(row).not.toHaveProperty('deployment');
  });

  it('goes on while one is left: retries and throttles included', () => {
    const limited: FakeReply = { status: 429, headers: { 'retry-after': '2' } };
    const [router, a, b] = contenders([[{ status: 400 }], [limited, { status: 500 }, after(10, 'late')]]);
    const row = raced(router);
    expect([brief(row), row.group, row.timing.elapsedMs]).toEqual(['late', 'b', 2510]);
    expect([a!.calls.length, b!.calls.length]).toEqual([1, 3]);
  });

  it('never sends to those behind one that answers at once', () => {
    const [router, a, b, c] = contenders([[{ status: 400 }], [after(0, 'B')], [after(0, 'C')]]);
    const row = raced(router, ['a', 'b', 'c']);
    expect([brief(row), row.attempts.length]).toEqual(['B', 2]);
    expect([a, b, c].map((fake) => fake!.calls.length)).toEqual([1, 1, 0]);
  });

  it('ends those that wait: in a back-off, for a place, for a cooldown', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const config = fakeProvider([after(1000)]);
      const [slow, failing, parked, quick] = [
        fakeProvider([after(1000)]),
        fakeProvider([{ status: 500 }]),
        fakeProvider([{ status: 429, headers: { 'retry-after': '30' } }]),
        fakeProvider([after(100, 'quick')]),
      ];
      const deployments = [
        { group: 'full', ...slow, maxParallel: 1 },
        { group: 'failing', ...failing },
        { group: 'parked', ...parked },
        { group: 'quick', ...quick },
      ];
      const router = createRouter({ ...virtualTime, deployments });
      const others = router.result$({ messages: [{ role: 'user', content: 'x' }], model: 'full' });
      expectObservable(others.pipe(words())).toBe('1s (a|)', { a: 'ok' });
      const row$ = router.race$('hello', { groups: ['full', 'failing', 'parked', 'quick'] });
      expectObservable(row$.pipe(words())).toBe('100ms (a|)', { a: 'quick' });
      flush();
      expect([slow, failing, parked, quick, config].map(({ calls }) => calls.length)).toEqual([1, 1, 1, 1, 0]);
      expect(router.snapshot()).toMatchObject(clean(4));
    });
  });

  it('gives no place of one that is aborted to another of the same race', () => {
    inVirtualTime(({ flush }) => {
      const [full, quick] = [fakeProvider([after(1000)]), fakeProvider([after(100)])];
      const deployments = [
        { group: 'full', id: 'one', ...full, maxParallel: 1 },
        { group: 'quick', ...quick },
      ];
      const router = createRouter({ ...virtualTime, aliases: { again: 'full' }, deployments });
      const started: string[] = [];
      router.events$.subscribe((event) => {
        if (event.type === 'attempt-started') started.push(event.deployment);
      });
      router.race$('hello', { groups: ['full', 'again', 'quick'] }).subscribe();
      flush();
      expect(started).toEqual(['one', 'quick/fake/fake']);
    });
  });

  it('is cold: each subscription is a race of its own', () => {
    inVirtualTime(({ flush }) => {
      const [router, a, b] = contenders([[after(20)], [after(10)]]);
      const row$ = router.race$('hello', { groups: ['a', 'b'] });
      flush();
      expect(a!.calls).toHaveLength(0);
      row$.subscribe();
      row$.subscribe();
      flush();
      expect([ends(a!), ends(b!)]).toEqual([
        ['aborted', 'aborted'],
        ['replied', 'replied'],
      ]);
    });
  });

  it('aborts all when it is left', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const [router, a, b] = contenders([[after(100)], [{ status: 500, afterMs: 10 }, after(100)]]);
      expectObservable(router.race$('hello', { groups: ['a', 'b'] }), '50ms !').toBe('');
      flush();
      expect([ends(a!), ends(b!)]).toEqual([['aborted'], ['replied']]);
      expect(router.snapshot()).toMatchObject(clean(2));
    });
  });

  it('errors with the reason of its signal, all aborted', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const [router, a, b] = contenders([[after(100)], [after(100)]]);
      const controller = new AbortController();
      timer(50).subscribe(() => {
        controller.abort('enough');
      });
      const row$ = router.race$('hello', { groups: ['a', 'b'], signal: controller.signal });
      expectObservable(row$).toBe('50ms #', undefined, 'enough');
      flush();
      expect([ends(a!), ends(b!)]).toEqual([['aborted'], ['aborted']]);
    });
  });

  it("hears the request's own routing.until, and gives the very request back", () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const [router, a, b] = contenders([[after(100)], [after(100)]]);
      const stop = new Subject<void>();
      const request = { messages: [{ role: 'user', content: 'x' }], model: 'c', routing: { until: stop } } as const;
      timer(20).subscribe(() => {
        stop.next();
      });
      const seen: unknown[] = [];
      const row$ = router.race$(request, { groups: ['a', 'b'] }).pipe(tap((row) => seen.push(row.request)));
      expectObservable(row$.pipe(words())).toBe('20ms (c|)', { c: '!Cancelled' });
      flush();
      expect(seen[0]).toBe(request);
      expect([ends(a!), ends(b!)]).toEqual([['aborted'], ['aborted']]);
    });
  });

  it('an until that never speaks changes nothing; one that has spoken keeps all from being sent', () => {
    const [router, a, b] = contenders([[after(20)], [after(10, 'B')]]);
    const request = (spoken: boolean) =>
      ({ messages: [{ role: 'user', content: 'x' }], routing: { until: spoken ? of(1) : NEVER } }) as const;
    const outcome = (spoken: boolean) =>
      rowsOf(() => router.race$(request(spoken), { groups: ['a', 'b'] })).map((row) => [
        brief(row),
        row.attempts.length,
      ]);
    expect(outcome(false)).toEqual([['B', 2]]);
    expect(outcome(true)).toEqual([['!Cancelled', 0]]);
    expect([a!.calls.length, b!.calls.length]).toEqual([1, 1]);
  });

  it('takes the options of one request', () => {
    const [router, a, b] = contenders([[{ status: 500 }], [after(9000)]]);
    const row = raced(router, ['a', 'b'], { maxRetries: 0, timeouts: { totalMs: 300 } });
    expect([brief(row), row.group, row.timing.elapsedMs]).toEqual(['!Timeout total', 'b', 300]);
    expect([a!.calls.length, b!.calls.length]).toEqual([1, 1]);
  });

  it('falls back to nobody: the others are its fallbacks', () => {
    const fallbacks = { a: ['c'], b: ['c'] };
    const [router, , , c] = contenders([[{ status: 401 }], [{ status: 401 }], [after(0)]], { fallbacks });
    expect(brief(raced(router))).toBe('!Authentication');
    expect(c!.calls).toHaveLength(0);
  });
});

describe('the groups of a race', () => {
  it('are asked once each, however often they are named', () => {
    const [router, a, b] = contenders([[after(10)], [after(20)]]);
    raced(router, ['a', 'b', 'a', 'b']);
    expect([a!.calls.length, b!.calls.length]).toEqual([1, 1]);
  });

  it('that nobody knows are failures as any other; with none but those the row says so', () => {
    const [router] = contenders([[after(10, 'A')]]);
    expect(brief(raced(router, ['x', 'a']))).toBe('A');
    const row = raced(router, ['x', 'y']);
    expect([brief(row), row.attempts]).toEqual(['!BadRequest', []]);
    expect((row.outcome as { readonly left: Error }).left.message).toMatch(/'y'/);
  });

  it('are not asked what is malformed', () => {
    const [router, a, b] = contenders([[after(10)], [after(10)]]);
    const request = { model: 5, messages: [{ role: 'user', content: 'x' }], routing: { fallbacks: 5 } };
    const [row] = rowsOf(() => router.race$(request as unknown as string, { groups: ['a', 'b'] }));
    expect(brief(row!)).toBe('!BadRequest');
    expect((row!.outcome as { readonly left: Error }).left.message).toMatch(/model.*fallbacks/);
    expect(row!.request).toBe(request);
    expect([a!.calls.length, b!.calls.length]).toEqual([0, 0]);
  });

  it.each<[unknown, RegExp]>([
    [{ groups: [] }, /^groups must be names of groups, at least one, as \['fast', 'smart'\], not \[\]$/],
    [{ groups: 'a' }, /not 'a'$/],
    [{ groups: ['a', ''] }, /not \['a', ''\]$/],
    [{ groups: ['a', 5] }, /not \['a', 5\]$/],
    [{}, /not undefined$/],
    [undefined, /not undefined$/],
    [{ groups: ['a'], maxRetries: -1 }, /maxRetries/],
    [{ groups: ['a'], tries: 1 }, /unknown option 'tries'/],
  ])('with %j: a TypeError at the call', (options, said) => {
    const [{ race$ }] = contenders([[after(0)]]);
    expect(() => race$('hello', options as RaceOptions)).toThrow(TypeError);
    expect(() => race$('hello', options as RaceOptions)).toThrow(said);
  });
});

describe('race$ over HTTP', () => {
  const opened = closing();

  it('closes the sockets of those that lose', async () => {
    const slow = opened(await simulateProviders({ seed: 1, latency: { p50Ms: 5000, p99Ms: 6000 } }));
    const message = { role: 'assistant', content: 'A cherry' };
    const completion = { choices: [{ index: 0, message, finish_reason: 'stop' }] };
    let answer = (): unknown => undefined;
    const quick = opened(
      await scriptedServer((socket) => {
        answer = () => socket.write(rawReply(JSON.stringify(completion)));
      }),
    );
    const at = (url: string) => openAICompatible({ baseURL: `${url}/v1`, model: 'm' });
    const router = opened(
      createRouter({
        deployments: [
          { group: 'slow', provider: at(slow.url) },
          { group: 'slower', provider: at(slow.url) },
          { group: 'quick', provider: at(quick.url) },
        ],
      }),
    );
    const rows = allOf(router.race$('Name a red fruit', { groups: ['slow', 'slower', 'quick'] }));
    await until('all are asked', () => slow.stats().inFlight === 2 && quick.requests.length === 1);
    answer();
    expect((await rows).map(({ group, attempts }) => [group, attempts.map(({ ended }) => ended).sort()])).toEqual([
      ['quick', ['aborted', 'aborted', 'ok']],
    ]);
    await until('the sockets are closed', () => slow.stats().openSockets === 0, 100);
    expect(slow.stats()).toMatchObject({ requests: 2, aborted: 2, inFlight: 0 });
    expect(router.snapshot()).toMatchObject(clean(3));
  });
});
