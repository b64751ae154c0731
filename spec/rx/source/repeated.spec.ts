import { EMPTY, interval, map, NEVER, of, Subject, take, timer, type Observable } from 'rxjs';
import { repeated } from '../../../lib/rx/source/repeated';
import { toSource, type Requests } from '../../../lib/rx/source/to-source';
import { fanOut } from '../../../lib/fan-out';
import type { FanOutWork } from '../../../lib/fan-out-work';
import { fanOutSettings } from '../../../lib/fan-out-settings';
import type { FanOutOptions } from '../../../lib/fan-out-options';
import { ownWork } from '../../../lib/own-work';
import type { FanoutResult } from '../../../lib/domain/result';
import { allOf } from '../../support/all-of';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Each request in three turns, each of which gives its number. */
function inTurns(
  requests: Requests<string>,
  options: FanOutOptions = {},
  run: (request: string, turn: number) => Observable<string> = (request, index) => of(`${request}${String(index)}`),
): Observable<FanoutResult<string, string>> {
  const newWork = (): FanOutWork<string, string, FanoutResult<string, string>> => ({
    ...ownWork(run),
    times: 3,
  });
  return fanOut(requests, newWork, fanOutSettings(options));
}
const answers = (rows: readonly FanoutResult<string, string>[]): string =>
  rows.map(({ outcome }) => (outcome._tag === 'Right' ? outcome.right : '!')).join(' ');

/** An iterator written by hand, whose answers come when the spec says. */
function byHand(): { readonly input: AsyncIterable<string>; readonly answers: ((value?: string) => void)[] } {
  const answers: ((value?: string) => void)[] = [];
  const next = (): Promise<IteratorResult<string>> =>
    new Promise((resolve) => {
      answers.push((value) => {
        resolve(value === undefined ? { value, done: true } : { value, done: false });
      });
    });
  return { input: { [Symbol.asyncIterator]: () => ({ next }) }, answers };
}

describe('a source in turns', () => {
  const kinds: readonly (readonly [string, () => Requests<string>])[] = [
    ['an array', () => ['a', 'b']],
    ['a generator', () => new Set(['a', 'b']).values()],
    ['an async iterable', () => asyncOf('a', 'b')],
    ['an Observable', () => of('a', 'b')],
    [
      'an Observable over time',
      () =>
        interval(2).pipe(
          take(2),
          map((n) => 'ab'[n]!),
        ),
    ],
    ['a promise', () => Promise.resolve(['a', 'b'])],
  ];
  async function* asyncOf(...items: readonly string[]): AsyncGenerator<string> {
    for (const item of items) yield await Promise.resolve(item);
  }

  it.each(kinds)('gives each item of %s three times, the rows the index of their item', async (_, input) => {
    for (const concurrency of [1, 2, 3, 4, 7, Infinity]) {
      for (const order of ['completion', 'input'] as const) {
        const rows = await allOf(inTurns(input(), { concurrency, order, window: 2 }));
        expect(answers(rows)).toBe('a0 a1 a2 b3 b4 b5');
        expect(rows.map(({ index }) => index)).toEqual([0, 0, 0, 1, 1, 1]);
      }
    }
  });

  it.each<[string, Requests<string>]>([
    ['an array', []],
    ['an async iterable', asyncOf()],
    ['an Observable', EMPTY],
    ['a promise', Promise.resolve([])],
  ])('ends with %s that is empty', async (_, input) => {
    expect(await allOf(inTurns(input))).toEqual([]);
  });

  it('takes of an async iterable no more than its lanes have use for, and ends with it', async () => {
    const { input, answers: calls } = byHand();
    const done = new Subject<void>();
    const rows = allOf(
      inTurns(input, { concurrency: 4 }, (request) =>
        done.pipe(
          take(1),
          map(() => request),
        ),
      ),
    );
    expect(calls).toHaveLength(2);
    calls[1]?.('b'); // they may answer in any order
    calls[0]?.('a');
    await turn();
    expect(calls).toHaveLength(2);
    done.next(); // two turns are left, for two of the four lanes
    expect(calls).toHaveLength(3);
    calls[2]?.();
    await turn();
    done.next();
    expect(answers(await rows)).toBe('b b b a a a');
    expect(calls).toHaveLength(3);
  });

  it('takes of a generator one item for as many lanes as it has turns', () => {
    let pulled = 0;
    function* endless(): Generator<string> {
      for (;;) yield String(pulled++);
    }
    const run = inTurns(endless(), { concurrency: 7 }, () => NEVER).subscribe();
    expect(pulled).toBe(3);
    run.unsubscribe();
  });

  it('knows how many turns there are', async () => {
    expect(toSource(['a', 'b'], () => 0, 3).total()).toBe(6);
    expect(toSource(of('a'), () => 0, 3).total()).toBeUndefined();
    const promised = toSource(Promise.resolve(['a', 'b']), () => 0, 3);
    promised.feed$?.subscribe();
    await turn();
    expect(promised.total()).toBe(6);
  });

  it('costs nothing when there is but one', () => {
    const source = toSource(['a'], () => 0);
    expect(repeated(source, 1)).toBe(source);
  });

  it('gives no further turn when it is stopped', async () => {
    const stop = new Subject<void>();
    const rows = allOf(
      inTurns(['a', 'b'], { concurrency: 1, stopTaking: stop }, (request, index) => {
        if (index === 1) stop.next();
        return timer(1).pipe(map(() => `${request}${String(index)}`));
      }),
    );
    expect(answers(await rows)).toBe('a0 a1');
  });

  it('errors once when the input does, whoever waits', async () => {
    const failing: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('no more')) }),
    };
    await expect(allOf(inTurns(failing, { concurrency: 4 }))).rejects.toThrow('no more');
  });

  it('is safe for a hundred thousand turns that are done at once', async () => {
    function* many(): Generator<string> {
      for (let n = 0; n < 33_334; n++) yield 'x';
    }
    expect(await allOf(inTurns(many(), { concurrency: 3 }))).toHaveLength(100_002);
  });
});
