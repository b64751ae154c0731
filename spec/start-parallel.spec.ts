import { isLeft } from 'fp-ts/Either';
import { EMPTY, map, of } from 'rxjs';
import type { FanoutResult } from '../lib/domain/result';
import { parallel$ } from '../lib/parallel';
import { allOf } from './support/all-of';

const brief = ({ outcome }: FanoutResult<unknown, unknown>): unknown =>
  isLeft(outcome) ? outcome.left : outcome.right;

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
    expect(await allOf(parallel$([1], { run: (n) => of(n), ...options }).pipe(map(brief)))).toEqual([1]);
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
