import { isLeft } from 'fp-ts/Either';
import {
  asyncScheduler,
  delay,
  EmptyError,
  EMPTY,
  map,
  NEVER,
  type Observable,
  type ObservableInput,
  of,
  range,
  Subject,
  take,
  throwError,
  timer,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { FanoutResult } from '../lib/domain/result';
import { parallel, parallel$ } from '../lib/parallel';
import type { Requests } from '../lib/rx/source/to-source';
import { allOf } from './support/all-of';
import { pause } from './support/pause';

const scheduler = (): TestScheduler =>
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
const now = (): number => asyncScheduler.now();

/** A row as a letter: its answer, or `!` and its failure. */
const brief = ({ outcome }: FanoutResult<unknown, unknown>): unknown =>
  isLeft(outcome) ? `!${String(outcome.left)}` : outcome.right;
const same = <T>(task: T): T => task;

describe('parallel$ in time', () => {
  it('has as many lanes as concurrency says; each takes the next request when its row is out', () => {
    scheduler().run(({ cold, expectObservable, expectSubscriptions }) => {
      const a = cold('  --(a|)     ');
      const subA = '    ^-!        ';
      const b = cold('  -----(b|)  ');
      const subB = '    ^----!     ';
      const c = cold('    -(c|)    ');
      const subC = '    --^!       ';
      const d = cold('     ----(d|)');
      const subD = '    ---^---!   ';
      const expected = '--ac-b-(d|)';
      const rows$ = parallel$([a, b, c, d], { run: same, concurrency: 2, now });
      expectObservable(rows$.pipe(map(brief))).toBe(expected);
      expectSubscriptions(a.subscriptions).toBe(subA);
      expectSubscriptions(b.subscriptions).toBe(subB);
      expectSubscriptions(c.subscriptions).toBe(subC);
      expectSubscriptions(d.subscriptions).toBe(subD);
    });
  });

  it('unsubscribes every lane at once, and takes nothing more', () => {
    scheduler().run(({ cold, expectObservable, expectSubscriptions }) => {
      const a = cold('  -----(a|)');
      const b = cold('  -(b|)    ');
      const c = cold('   -----(c|)');
      const never = cold('(d|)');
      const unsub = '   ---!     ';
      const subA = '    ^--!     ';
      const subC = '    -^-!     ';
      const expected = '-b--     ';
      const rows$ = parallel$([a, b, c, never], { run: same, concurrency: 2, now });
      expectObservable(rows$.pipe(map(brief)), unsub).toBe(expected);
      expectSubscriptions(a.subscriptions).toBe(subA);
      expectSubscriptions(c.subscriptions).toBe(subC);
      expectSubscriptions(never.subscriptions).toBe([]);
    });
  });

  it("streams rows in the order of the input with order: 'input'", () => {
    scheduler().run(({ cold, expectObservable }) => {
      const tasks = [cold('---(a|)'), cold('-(b|)'), cold('-(c|)'), cold('------(d|)')];
      const expected = '   ---(abc)(d|)';
      const rows$ = parallel$(tasks, { run: same, concurrency: 2, order: 'input', now });
      expectObservable(rows$.pipe(map(brief))).toBe(expected);
    });
  });

  it('takes no request that is window or more beyond the next row to be emitted', () => {
    scheduler().run(({ cold, expectObservable, expectSubscriptions }) => {
      const slow = cold(' -----(a|)       ');
      const quick = cold('-(b|)           ');
      const held = cold('      ----(c|)   ');
      const subHeld = '   -----^---!      ';
      const expected = '  -----(ab)(c|)   ';
      const rows$ = parallel$([slow, quick, held], { run: same, concurrency: 2, order: 'input', window: 2, now });
      expectObservable(rows$.pipe(map(brief))).toBe(expected);
      expectSubscriptions(held.subscriptions).toBe(subHeld);
    });
  });

  it.each([1, 2, Infinity])(
    'ends when lanes are held by the window as the input ends (concurrency %d)',
    (concurrency) => {
      scheduler().run(({ expectObservable }) => {
        const rows$ = parallel$([1, 2, 3], { run: (n) => timer(10 - n), concurrency, order: 'input', window: 1, now });
        expectObservable(rows$.pipe(map(({ request }) => request))).toBe('9ms a 7ms b 6ms (c|)', { a: 1, b: 2, c: 3 });
      });
    },
  );

  it('ends without a stack though ten thousand lanes are held', () => {
    scheduler().run(({ expectObservable }) => {
      const options = { concurrency: 10_000, order: 'input', window: 1, now } as const;
      expectObservable(
        parallel$(['a', 'b'], { run: () => timer(5), ...options }).pipe(map(({ request }) => request)),
      ).toBe('5ms a 4ms (b|)');
    });
  });

  it('aborts with the reason of signal after the lanes are torn down', () => {
    scheduler().run(({ cold, expectObservable, expectSubscriptions }) => {
      const controller = new AbortController();
      const a = cold('  -(a|)   ');
      const b = cold('   ----(b|)');
      const subB = '    -^-!    ';
      const expected = '-a-#    ';
      timer(3).subscribe(() => {
        controller.abort('enough');
      });
      const rows$ = parallel$([a, b], { run: same, concurrency: 1, signal: controller.signal, now });
      expectObservable(rows$.pipe(map(brief))).toBe(expected, undefined, 'enough');
      expectSubscriptions(b.subscriptions).toBe(subB);
    });
  });

  it('takes nothing after stopTaking, finishes what is under way, and completes', () => {
    scheduler().run(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold('  -(a|)     ');
      const b = cold('   ----(b|) ');
      const c = cold('  (c|)      ');
      const stop = hot('---s--s   ');
      const subStop = ' ^--!      ';
      const subB = '    -^---!    ';
      const expected = '-a---(b|) ';
      const rows$ = parallel$([a, b, c], { run: same, concurrency: 1, stopTaking: stop, now });
      expectObservable(rows$.pipe(map(brief))).toBe(expected);
      expectSubscriptions(stop.subscriptions).toBe(subStop);
      expectSubscriptions(b.subscriptions).toBe(subB);
      expectSubscriptions(c.subscriptions).toBe([]);
    });
  });

  it.each([
    ['an Observable that never ends', (): Observable<number> => NEVER],
    ['a promise that never resolves', (): Promise<number[]> => new Promise<number[]>(() => undefined)],
  ])('completes after stopTaking though its lanes wait for %s', (_, input) => {
    scheduler().run(({ expectObservable }) => {
      expectObservable(parallel$<number, number>(input(), { run: (n) => of(n), stopTaking: timer(2), now })).toBe(
        '--|',
      );
    });
  });

  it('fails fast: the first failure is the error, the rest is torn down', () => {
    scheduler().run(({ cold, expectObservable, expectSubscriptions }) => {
      const a = cold('  -(a|)  ');
      const b = cold('  --#    ', undefined, 'broken');
      const c = cold('   ---(c|)');
      const subC = '    -^!    ';
      const expected = '-a#    ';
      const rows$ = parallel$([a, b, c], { run: same, concurrency: 2, failFast: true, now });
      expectObservable(rows$.pipe(map(brief))).toBe(expected, undefined, 'broken');
      expectSubscriptions(c.subscriptions).toBe(subC);
    });
  });

  it('serves requests that come by themselves with the same lanes, and says how long they waited', () => {
    scheduler().run(({ hot, expectObservable, expectSubscriptions }) => {
      const requests = hot('  ab---c-|     ');
      const subRequests = '   ^------!     ';
      const expected = '      ---a--b--(c|)';
      const rows$ = requests.pipe(parallel({ run: (letter) => of(letter).pipe(delay(3)), concurrency: 1, now }));
      expectObservable(rows$.pipe(map(({ request, timing }) => [request, timing]))).toBe(expected, {
        a: ['a', { queuedMs: 0, elapsedMs: 3 }],
        b: ['b', { queuedMs: 2, elapsedMs: 3 }],
        c: ['c', { queuedMs: 1, elapsedMs: 3 }],
      });
      expectSubscriptions(requests.subscriptions).toBe(subRequests);
    });
  });

  it('errors at once when the input does, though requests wait in the queue', () => {
    scheduler().run(({ cold, expectObservable, expectSubscriptions }) => {
      const requests = cold('(abc)-#       ', undefined, 'lost');
      const work = cold('    ---------(x|)');
      const subWork = '      ^-----!       ';
      const expected = '     ------#       ';
      expectObservable(requests.pipe(parallel({ run: () => work, concurrency: 1, now }))).toBe(expected, {}, 'lost');
      expectSubscriptions(work.subscriptions).toBe(subWork);
    });
  });
});

describe('rows', () => {
  const run$ = <A>(...tasks: (() => ObservableInput<A>)[]): Promise<readonly FanoutResult<unknown, A>[]> =>
    allOf(parallel$(tasks, { run: (task) => task() as Observable<A>, order: 'input' }));

  it('are failures for an error, a throw, no value, a string, and what is no stream', async () => {
    const boom = new Error('boom');
    const rows = await run$<unknown>(
      () => throwError(() => boom),
      () => Promise.reject(boom),
      () => {
        throw boom;
      },
      () => EMPTY,
      () => 'text',
      () => undefined as never,
    );
    const reasons = rows.map(({ outcome }) => (isLeft(outcome) ? outcome.left : 'no failure'));
    expect(reasons.slice(0, 3)).toEqual([boom, boom, boom]);
    expect(reasons[3]).toBeInstanceOf(EmptyError);
    expect(reasons[4]).toEqual(new TypeError('run gave a string: give an Observable, a promise, or of(value)'));
    expect(reasons[5]).toBeInstanceOf(TypeError);
  });

  it('hold the last value, whatever kind of stream gives it', async () => {
    const rows = await run$<unknown>(
      () => of(1, 2),
      () => Promise.resolve(3),
      () => [4, 5],
      () => of(undefined),
      async function* () {
        yield await Promise.resolve(6);
      },
    );
    expect(rows.map(brief)).toEqual([2, 3, 5, undefined, 6]);
  });

  it('hold the very request that was given, its index and its timing', async () => {
    const request = { prompt: 'hi' };
    const [row] = await allOf(parallel$([request], { run: (r) => of(r.prompt) }));
    expect(row?.request).toBe(request);
    expect(row).toEqual({
      index: 0,
      request,
      outcome: { _tag: 'Right', right: 'hi' },
      timing: { queuedMs: 0, elapsedMs: expect.any(Number) },
    });
  });
});

describe('the input', () => {
  const indices = async (input: Requests<number>, concurrency = 2): Promise<readonly number[][]> => {
    const rows$ = parallel$<number, number>(input, { run: (n) => of(n), concurrency, order: 'input' });
    return allOf(rows$.pipe(map(({ index, request }) => [index, request])));
  };
  async function* numbers(): AsyncGenerator<number> {
    for (const n of [7, 8, 9]) yield await Promise.resolve(n);
  }

  it.each([1, 2, Infinity])('may be of any kind (concurrency %d)', async (concurrency) => {
    const expected = [
      [0, 7],
      [1, 8],
      [2, 9],
    ];
    expect(await indices([7, 8, 9], concurrency)).toEqual(expected);
    expect(await indices(new Set([7, 8, 9]), concurrency)).toEqual(expected);
    expect(await indices(of(7, 8, 9), concurrency)).toEqual(expected);
    expect(await indices(numbers(), concurrency)).toEqual(expected);
    expect(await indices(Promise.resolve([7, 8, 9]), concurrency)).toEqual(expected);
    expect(await indices([], concurrency)).toEqual([]);
    expect(await indices(EMPTY, concurrency)).toEqual([]);
  });

  it('is refused at the call when it is a string or cannot be iterated, without showing it', () => {
    const given = (input: unknown) => () => parallel$(input as number[], { run: (n) => of(n) });
    expect(given('secret prompt')).toThrow(new TypeError('requests is a string: wrap it in an array'));
    expect(given({ messages: [] })).toThrow(
      /^requests must be an iterable.* not object: wrap a single request in an array$/,
    );
    expect(given(7)).toThrow(TypeError);
    expect(given(null)).toThrow(TypeError);
    expect(given(undefined)).toThrow(TypeError);
  });

  it('is an error when the promise of it rejects, or resolves to a string', async () => {
    await expect(indices(Promise.reject(new Error('no file')))).rejects.toThrow('no file');
    await expect(indices(Promise.resolve('abc') as never)).rejects.toThrow('requests is a string: wrap it in an array');
    await expect(indices(Promise.resolve(of(1)) as never)).rejects.toThrow(TypeError);
  });

  it('is an error, once, when it throws: what is under way is torn down first, return() is not called', async () => {
    const log: string[] = [];
    const iterable = {
      [Symbol.iterator]: () => ({
        next: () => {
          if (log.includes('started')) throw new Error('item 1');
          return { done: false as const, value: 0 };
        },
        return: () => {
          log.push('return');
          return { done: true as const, value: undefined };
        },
      }),
    };
    const run = (_: number, __: number, { signal }: { signal: AbortSignal }): Observable<never> => {
      log.push('started');
      signal.addEventListener('abort', () => log.push('aborted'));
      return NEVER;
    };
    await new Promise<void>((resolve) => {
      parallel$(iterable, { run, concurrency: 2 }).subscribe({
        error: (reason: unknown) => {
          log.push(String(reason));
          resolve();
        },
      });
    });
    expect(log).toEqual(['started', 'aborted', 'Error: item 1']);
  });

  it('is told to return() when the run is left, and when taking stops, once', () => {
    const leave = (options: { stopTaking?: Observable<unknown> }, unsubscribe: boolean): string[] => {
      const log: string[] = [];
      function* endless(): Generator<number> {
        try {
          for (let i = 0; ; i++) yield i;
        } finally {
          log.push('return');
        }
      }
      const subscription = parallel$(endless(), { run: () => task, concurrency: 2, ...options }).subscribe({
        next: () => log.push('row'),
        complete: () => log.push('complete'),
      });
      if (unsubscribe) subscription.unsubscribe();
      return log;
    };
    const task = new Subject<number>();
    const stop = new Subject<void>();
    expect(leave({}, true)).toEqual(['return']);
    const log = leave({ stopTaking: stop }, false);
    stop.next();
    expect(log).toEqual([]);
    task.next(1);
    task.complete();
    expect(log).toEqual(['row', 'row', 'return', 'complete']);
  });

  it('is told to return() when it was promised', async () => {
    const log: string[] = [];
    function* endless(): Generator<number> {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        log.push('return');
      }
    }
    const rows$ = parallel$(Promise.resolve(endless()), { run: (n) => of(n), concurrency: 2 });
    expect(await allOf(rows$.pipe(take(3)))).toHaveLength(3);
    expect(log).toEqual(['return']);
  });

  it('is closed though the run is left from inside its own next()', () => {
    const log: string[] = [];
    const leave = new AbortController();
    function* pulled(): Generator<number> {
      try {
        yield 0;
        leave.abort('left');
        yield 1;
      } finally {
        log.push('return');
      }
    }
    parallel$(pulled(), { run: (n) => of(n), concurrency: 1, signal: leave.signal }).subscribe({
      next: ({ request }) => log.push(`row ${String(request)}`),
      error: (reason: unknown) => log.push(String(reason)),
    });
    expect(log.sort()).toEqual(['left', 'return', 'row 0']);
  });

  it('may be endless', async () => {
    let pulled = 0;
    function* endless(): Generator<number> {
      for (;;) yield pulled++;
    }
    const rows = await allOf(parallel$(endless(), { run: (n) => of(n), concurrency: 3 }).pipe(take(10)));
    expect(rows).toHaveLength(10);
    expect(pulled).toBeLessThanOrEqual(13);
    const pushed = await allOf(parallel$(range(0, Infinity), { run: (n) => of(n) }).pipe(take(10)));
    expect(pushed).toHaveLength(10);
  });
});

describe('signal', () => {
  const counted = (): {
    signal: AbortSignal;
    abort: AbortController['abort'];
    most: () => number;
    left: () => number;
  } => {
    const controller = new AbortController();
    const { signal } = controller;
    let [count, most] = [0, 0];
    const add = signal.addEventListener.bind(signal) as (...args: unknown[]) => void;
    const remove = signal.removeEventListener.bind(signal) as (...args: unknown[]) => void;
    signal.addEventListener = (...args: unknown[]) => {
      most = Math.max(most, ++count);
      add(...args);
    };
    signal.removeEventListener = (...args: unknown[]) => {
      count--;
      remove(...args);
    };
    return { signal, abort: controller.abort.bind(controller), most: () => most, left: () => count };
  };

  it('has one listener for 10 000 requests, and none afterwards', async () => {
    const { signal, most, left } = counted();
    const requests = Array.from({ length: 10_000 }, (_, i) => i);
    await allOf(parallel$(requests, { run: (n) => Promise.resolve(n), concurrency: 64, signal }));
    expect(most()).toBe(1);
    expect(left()).toBe(0);
    parallel$(requests, { run: () => NEVER, signal })
      .subscribe()
      .unsubscribe();
    expect(left()).toBe(0);
  });

  it('stops all starts at the moment of the abort, and is heard when it already was aborted', () => {
    const { signal, abort, left } = counted();
    let started = 0;
    const task = new Subject<number>();
    const errors: unknown[] = [];
    const run = (): Observable<number> => {
      started++;
      return task;
    };
    parallel$(range(0, 100), { run, concurrency: 7, signal }).subscribe({
      error: (reason: unknown) => errors.push(reason),
    });
    abort('stop');
    task.next(1);
    task.complete();
    expect(started).toBe(7);
    parallel$([1], { run, signal }).subscribe({ error: (reason: unknown) => errors.push(reason) });
    expect(started).toBe(7);
    expect(errors).toEqual(['stop', 'stop']);
    expect(left()).toBe(0);
  });
});

it('surfaces the throw of a subscriber without losing a row', async () => {
  const { onUnhandledError } = (await import('rxjs')).config;
  const { config } = await import('rxjs');
  const thrown: unknown[] = [];
  config.onUnhandledError = (reason) => thrown.push(reason);
  const rows: number[] = [];
  await new Promise<void>((complete) => {
    parallel$([0, 1, 2], { run: (n) => Promise.resolve(n), concurrency: 2 }).subscribe({
      next: ({ index }) => {
        rows.push(index);
        if (index === 1) throw new Error('mine');
      },
      complete,
    });
  });
  await pause(5);
  config.onUnhandledError = onUnhandledError;
  expect(rows).toEqual([0, 1, 2]);
  expect(thrown).toEqual([new Error('mine')]);
});
