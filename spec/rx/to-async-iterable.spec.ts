import { concat, EMPTY, interval, NEVER, type Observable, of, range, Subject, tap, throwError } from 'rxjs';
import { parallel$ } from '../../lib/parallel';
import { toAsyncIterable } from '../../lib/rx/to-async-iterable';

const readAll = async <T>(source$: Observable<T>, options = {}): Promise<T[]> => {
  const seen: T[] = [];
  for await (const value of toAsyncIterable(source$, options)) seen.push(value);
  return seen;
};
const iterate = <T>(source$: Observable<T>, options = {}): AsyncIterator<T> =>
  toAsyncIterable(source$, options)[Symbol.asyncIterator]();
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('toAsyncIterable', () => {
  it('gives every value, then ends', async () => {
    expect(await readAll(of(1, 2, 3))).toEqual([1, 2, 3]);
    expect(await readAll(EMPTY)).toEqual([]);
  });

  it('throws the error after the values before it, once', async () => {
    const iterator = iterate(
      concat(
        of(1),
        throwError(() => new Error('bad')),
      ),
    );
    expect(await iterator.next()).toEqual({ value: 1, done: false });
    await expect(iterator.next()).rejects.toThrow('bad');
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
  });

  it('subscribes at the first next(), and unsubscribes when the loop is left', async () => {
    const source = new Subject<number>();
    const iterable = toAsyncIterable(source);
    const iterator = iterable[Symbol.asyncIterator]();
    expect(source.observed).toBe(false);
    const first = iterator.next();
    expect(source.observed).toBe(true);
    source.next(1);
    expect(await first).toEqual({ value: 1, done: false });
    source.next(2);
    await iterator.return?.();
    expect(source.observed).toBe(false);
    expect(await iterator.next()).toEqual({ value: undefined, done: true });

    let left = false;
    for await (const value of toAsyncIterable(interval(1).pipe(tap({ unsubscribe: () => (left = true) })))) {
      if (value === 2) break;
    }
    expect(left).toBe(true);
  });

  it('never subscribes when it is left before the first next()', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source);
    await iterator.return?.();
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
    expect(source.observed).toBe(false);
  });

  it('serves overlapping next() calls in turn, and ends all of them', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source);
    const calls = [iterator.next(), iterator.next(), iterator.next(), iterator.next()];
    source.next(1);
    source.next(2);
    await iterator.return?.();
    const steps = await Promise.all(calls);
    expect(steps.map(({ value }) => value as unknown)).toEqual([1, 2, undefined, undefined]);
    expect(steps.map(({ done }) => done)).toEqual([false, false, true, true]);
  });

  it('unsubscribes and errors when more than buffer values wait', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source, { buffer: 2 });
    const first = iterator.next();
    for (const n of [1, 2, 3]) source.next(n);
    expect(source.observed).toBe(true);
    source.next(4);
    expect(source.observed).toBe(false);
    expect((await first).value).toBe(1);
    expect((await iterator.next()).value).toBe(2);
    expect((await iterator.next()).value).toBe(3);
    await expect(iterator.next()).rejects.toThrow('more than 2 values behind');
    await expect(readAll(range(0, Infinity), { buffer: 5 })).rejects.toThrow('more than 5 values behind');
  });

  it('names a wrong buffer', () => {
    expect(() => toAsyncIterable(EMPTY, { buffer: -1 })).toThrow(
      new TypeError('buffer must be a number of values from 0, not -1'),
    );
    expect(() => toAsyncIterable(EMPTY, { buffer: NaN })).toThrow(TypeError);
  });
});

describe('toAsyncIterable over parallel$', () => {
  it.each([
    ['promises', (n: number) => Promise.resolve(n)],
    ['synchronous answers', (n: number) => of(n)],
  ])('takes no more than concurrency beyond what has been read (%s)', async (_, run) => {
    let pulled = 0;
    let returned = 0;
    function* endless(): Generator<number> {
      try {
        for (;;) yield pulled++;
      } finally {
        returned++;
      }
    }
    let read = 0;
    for await (const row of toAsyncIterable(parallel$(endless(), { run, concurrency: 4 }))) {
      expect(row.index).toBeGreaterThanOrEqual(0);
      read++;
      for (let i = 0; i < 3; i++) await turn();
      expect(pulled - read).toBeLessThanOrEqual(4);
      if (read === 50) break;
    }
    expect(read).toBe(50);
    expect(returned).toBe(1);
  });

  it("takes no more than window beyond what has been read with order: 'input'", async () => {
    let pulled = 0;
    function* endless(): Generator<number> {
      for (;;) yield pulled++;
    }
    let read = 0;
    const run = (n: number) => Promise.resolve(n);
    const rows$ = parallel$(endless(), { run, concurrency: 4, order: 'input', window: 6 });
    for await (const row of toAsyncIterable(rows$)) {
      expect(row.index).toBe(read++);
      for (let i = 0; i < 3; i++) await turn();
      expect(pulled - read).toBeLessThanOrEqual(6);
      if (read === 40) break;
    }
  });

  it('reads a finite run to its end', async () => {
    const rows = await readAll(parallel$(range(0, 100), { run: (n) => Promise.resolve(n), concurrency: 3 }));
    expect(rows.map(({ index }) => index).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('aborts what is under way when the loop is left', async () => {
    const signals: AbortSignal[] = [];
    const run = (n: number, _: number, { signal }: { readonly signal: AbortSignal }): Observable<number> => {
      signals.push(signal);
      return n === 0 ? of(0) : NEVER;
    };
    for await (const row of toAsyncIterable(parallel$([0, 1, 2], { run, concurrency: 2 }))) {
      expect(row.index).toBe(0);
      break;
    }
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true, true]);
  });
});
