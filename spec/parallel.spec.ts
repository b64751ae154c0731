import { isLeft } from 'fp-ts/Either';
import {
  asyncScheduler,
  delay,
  EmptyError,
  EMPTY,
  lastValueFrom,
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
  toArray,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { Progress } from '../lib/bulk/progress';
import { isCancelled } from '../lib/domain/guards';
import type { FanoutResult } from '../lib/domain/result';
import { parallel, parallel$ } from '../lib/parallel';

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
  const run$ = <A>(...tasks: (() => ObservableInput<A>)[]): Promise<FanoutResult<unknown, A>[]> =>
    lastValueFrom(parallel$(tasks, { run: (task) => task() as Observable<A>, order: 'input' }).pipe(toArray()));

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
    const [row] = await lastValueFrom(parallel$([request], { run: (r) => of(r.prompt) }).pipe(toArray()));
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
  const indices = async (
    input: Parameters<typeof parallel$<number, number>>[0],
    concurrency = 2,
  ): Promise<number[][]> => {
    const rows$ = parallel$<number, number>(input, { run: (n) => of(n), concurrency, order: 'input' });
    return lastValueFrom(
      rows$.pipe(
        map(({ index, request }) => [index, request]),
        toArray(),
      ),
    );
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
        error: (reason: Error) => {
          log.push(reason.message);
          resolve();
        },
      });
    });
    expect(log).toEqual(['started', 'aborted', 'item 1']);
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
      error: (reason: string) => log.push(reason),
    });
    expect(log.sort()).toEqual(['left', 'return', 'row 0']);
  });

  it('may be endless', async () => {
    let pulled = 0;
    function* endless(): Generator<number> {
      for (;;) yield pulled++;
    }
    const rows = await lastValueFrom(
      parallel$(endless(), { run: (n) => of(n), concurrency: 3 }).pipe(take(10), toArray()),
    );
    expect(rows).toHaveLength(10);
    expect(pulled).toBeLessThanOrEqual(13);
    const pushed = await lastValueFrom(parallel$(range(0, Infinity), { run: (n) => of(n) }).pipe(take(10), toArray()));
    expect(pushed).toHaveLength(10);
  });
});

describe('context.signal', () => {
  type Signals = AbortSignal[];
  const collecting =
    (signals: Signals, task$: Observable<unknown>) =>
    (_: number, __: number, { signal }: { readonly signal: AbortSignal }): Observable<unknown> => {
      signals.push(signal);
      return task$;
    };

  it('is aborted when the run is left before the request has settled, and only then', () => {
    const signals: Signals = [];
    const first = new Subject<void>();
    const subscription = parallel$([0, 1], { run: collecting(signals, first), concurrency: 1 }).subscribe();
    first.next();
    first.complete(); // both settle: the second finds its subject completed, without a value
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
    subscription.unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);

    const left: Signals = [];
    parallel$([0, 1], { run: collecting(left, NEVER), concurrency: 2 })
      .subscribe()
      .unsubscribe();
    expect(left.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('is aborted from the start when it is first read after that', () => {
    let context: { readonly signal: AbortSignal } | undefined;
    const rows$ = parallel$([0], {
      run: (_, __, given) => {
        context = given;
        return NEVER;
      },
    });
    rows$.subscribe().unsubscribe();
    expect(context?.signal.aborted).toBe(true);
    expect(context?.signal).toBe(context?.signal);
  });

  it('is aborted when run itself ends the run', () => {
    const ended = new Subject<void>();
    const signals: Signals = [];
    const rows$ = parallel$([0], {
      run: (_, __, { signal }) => {
        signals.push(signal);
        ended.error('over');
        return NEVER;
      },
      stopTaking: ended,
    });
    const errors: unknown[] = [];
    rows$.subscribe({ error: (reason) => errors.push(reason) });
    expect(errors).toEqual(['over']);
    expect(signals[0]?.aborted).toBe(true);
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
    await lastValueFrom(parallel$(requests, { run: (n) => Promise.resolve(n), concurrency: 64, signal }));
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
    parallel$(range(0, 100), { run, concurrency: 7, signal }).subscribe({ error: (reason) => errors.push(reason) });
    abort('stop');
    task.next(1);
    task.complete();
    expect(started).toBe(7);
    parallel$([1], { run, signal }).subscribe({ error: (reason) => errors.push(reason) });
    expect(started).toBe(7);
    expect(errors).toEqual(['stop', 'stop']);
    expect(left()).toBe(0);
  });
});

describe('maxErrorRate', () => {
  const failing = (n: number): Observable<number> => (n % 2 === 0 ? throwError(() => new Error('even')) : of(n));
  const maxErrorRate = { ratio: 0.4, minimum: 4 };

  it('gives the requests of an array that are left Cancelled rows that say why, and runs nothing more', async () => {
    const started: number[] = [];
    const run = (n: number): Observable<number> => {
      started.push(n);
      return failing(n);
    };
    const requests = Array.from({ length: 8 }, (_, i) => i);
    const rows = await lastValueFrom(parallel$(requests, { run, concurrency: 1, maxErrorRate }).pipe(toArray()));
    expect(rows.map(({ index }) => index)).toEqual(requests);
    expect(started).toEqual([0, 1, 2, 3]);
    const last = rows[7]?.outcome;
    const reason = last !== undefined && isLeft(last) ? last.left : undefined;
    expect(isCancelled(reason)).toBe(true);
    expect(reason).toHaveProperty(
      'message',
      expect.stringMatching(/maxErrorRate: 2 of 4 requests failed, more than 0\.4/),
    );
  });

  it('ends an input of unknown length with what was already taken, and its return() is called', async () => {
    let returned = 0;
    function* endless(): Generator<number> {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        returned++;
      }
    }
    const rows = await lastValueFrom(
      parallel$(endless(), { run: failing, concurrency: 1, maxErrorRate }).pipe(toArray()),
    );
    expect(rows).toHaveLength(4);
    expect(returned).toBe(1);
  });

  it('lets what is under way finish', () => {
    const slow = new Subject<string>();
    const seen: unknown[] = [];
    const run = (n: number): Observable<string> => (n === 0 ? slow : throwError(() => 'bad'));
    parallel$([0, 1, 2, 3], { run, concurrency: 2, maxErrorRate: { ratio: 0, minimum: 2 } }).subscribe({
      next: ({ index, outcome }) => seen.push([index, outcome._tag]),
      complete: () => seen.push('complete'),
    });
    slow.next('fine');
    slow.complete();
    expect(seen).toEqual([[1, 'Left'], [2, 'Left'], [3, 'Left'], [0, 'Right'], 'complete']);
  });
});

describe('progress', () => {
  it('is told at most ten times a second, and last when the run ends', () => {
    scheduler().run(({ expectObservable, flush }) => {
      const seen: { readonly at: number; readonly progress: Progress }[] = [];
      const completed: number[] = [];
      const progress = {
        next: (progress: Progress) => seen.push({ at: now(), progress }),
        complete: () => completed.push(now()),
      };
      const run = (n: number): Observable<number> => timer(35).pipe(map(() => (n === 3 ? raise('bad') : n)));
      const requests = Array.from({ length: 10 }, (_, i) => i);
      const rows$ = parallel$(requests, { run, concurrency: 1, progress, now });
      expectObservable(rows$.pipe(map(() => 'r'))).toBe(
        '35ms r 34ms r 34ms r 34ms r 34ms r 34ms r 34ms r 34ms r 34ms r 34ms (r|)',
      );
      flush();
      expect(seen.map(({ at }) => at)).toEqual([0, 100, 200, 300, 350]);
      expect(completed).toEqual([350]);
      expect(seen[1]?.progress).toEqual({
        total: 10,
        taken: 3,
        done: 2,
        failed: 0,
        inFlight: 1,
        waiting: 0,
        retries: 0,
        tokens: 0,
        cost: 0,
        perSecond: 20,
        etaMs: 400,
      });
      expect(seen[4]?.progress).toMatchObject({ taken: 10, done: 10, failed: 1, inFlight: 0, etaMs: 0 });
    });
  });

  it('has no total and no eta for an input that does not know its length', () => {
    const seen: Progress[] = [];
    parallel$(of(1, 2), { run: (n) => of(n), progress: (progress) => seen.push(progress) }).subscribe();
    expect(seen.at(-1)).toMatchObject({ taken: 2, done: 2 });
    expect(seen.at(-1)).not.toHaveProperty('total');
    expect(seen.at(-1)).not.toHaveProperty('etaMs');
  });
});

const raise = (reason: unknown): never => {
  throw reason;
};

describe('options', () => {
  const given = (options: object) => () => parallel$([1], { run: (n) => of(n), ...options });

  it.each([
    [{ concurrency: 0 }, 'concurrency must be a whole number from 1, or Infinity, not 0'],
    [{ concurrency: 1.5 }, 'concurrency must be a whole number from 1, or Infinity, not 1.5'],
    [{ concurrency: NaN }, 'concurrency must be a whole number from 1, or Infinity, not NaN'],
    [{ concurrency: '8' }, "concurrency must be a whole number from 1, or Infinity, not '8'"],
    [{ window: -1 }, 'window must be a whole number from 1, or Infinity, not -1'],
    [{ order: 'random' }, "order must be 'completion' or 'input', not 'random'"],
    [{ failFast: 1 }, 'failFast must be true or false, not 1'],
    [{ signal: {} }, 'signal must be an AbortSignal, not {}'],
    [{ stopTaking: 'x' }, "stopTaking must be an Observable, a promise or an iterable, not 'x'"],
    [{ progress: true }, 'progress must be a function or an observer, not true'],
    [{ now: 5 }, 'now must be a function giving ms, not 5'],
    [
      { maxErrorRate: { ratio: 2, minimum: 1 } },
      'maxErrorRate must be { ratio: 0 to 1, minimum: a whole number from 1 }, not {"ratio":2,"minimum":1}',
    ],
    [{ timeouts: {} }, 'timeouts only means something for completions: a run of your own sets its own'],
    [{ maxRetries: 2 }, 'maxRetries only means something for completions: a run of your own sets its own'],
  ])('%j is a TypeError at the call', (options, message) => {
    expect(given(options)).toThrow(new TypeError(message));
  });

  it('names the known ones for a typo', () => {
    expect(given({ concurency: 2 })).toThrow(/^unknown option 'concurency': known are concurrency, failFast, order, /);
  });

  it('wants a router or a run, not both', () => {
    const router = { parallel$: () => EMPTY };
    const message = 'give { router } for completions or { run } for work of your own; got';
    expect(() => parallel$([1], undefined as never)).toThrow(new TypeError(`${message} neither`));
    expect(() => parallel$([1], {} as never)).toThrow(new TypeError(`${message} neither`));
    expect(given({ router })).toThrow(new TypeError(`${message} both`));
    expect(() => parallel$([1], { run: 7 } as never)).toThrow(new TypeError('run must be a function, not number'));
  });

  it('takes undefined for not given', async () => {
    const options = { concurrency: undefined, timeouts: undefined, signal: undefined, order: undefined } as object;
    expect(await lastValueFrom(parallel$([1], { run: (n) => of(n), ...options }).pipe(map(brief)))).toBe(1);
  });

  it('hands requests and options on to a router', () => {
    const calls: unknown[] = [];
    const router = {
      parallel$: (...args: unknown[]) => {
        calls.push(args);
        return EMPTY;
      },
    };
    parallel$(['a'], { router, concurrency: 2, maxRetries: 0 }).subscribe();
    expect(calls).toEqual([[['a'], { concurrency: 2, maxRetries: 0 }]]);
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
  await new Promise((resolve) => setTimeout(resolve, 5));
  config.onUnhandledError = onUnhandledError;
  expect(rows).toEqual([0, 1, 2]);
  expect(thrown).toEqual([new Error('mine')]);
});
