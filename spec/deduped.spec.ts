import { isLeft } from 'fp-ts/Either';
import { asyncScheduler, EMPTY, map, tap } from 'rxjs';
import type { FanoutResult } from '../lib/domain/result';
import { parallel$ } from '../lib/parallel';
import { allOf } from './support/all-of';
import { inVirtualTime } from './support/in-virtual-time';

const now = (): number => asyncScheduler.now();
const brief = ({ outcome }: FanoutResult<unknown, unknown>): string => (isLeft(outcome) ? '!' : String(outcome.right));

describe('dedupe', () => {
  it('lets equal requests under way share one call, and no others', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const answer = cold('---(x|)');
      const requests = cold('a-a-----a|');
      const subs = ['        ^--!', '--------^--!'];
      const expected = '     ---(xx)----(x|)';
      const rows: FanoutResult<string, string>[] = [];
      const rows$ = parallel$(requests, { run: () => answer, dedupe: true, now });
      expectObservable(
        rows$.pipe(
          tap((row) => rows.push(row)),
          map(brief),
        ),
      ).toBe(expected);
      expectSubscriptions(answer.subscriptions).toBe(subs);
      flush();
      expect(rows.map(({ index, shared }) => [index, shared])).toEqual([
        [0, undefined],
        [1, true],
        [2, undefined],
      ]);
    });
  });

  it('aborts the call when all who wait for it have left', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const answer = cold('------(x|)');
      const subs = '       ^--!';
      expectObservable(parallel$(['a', 'a'], { run: () => answer, dedupe: true, now }), '---!').toBe('----');
      expectSubscriptions(answer.subscriptions).toBe(subs);
    });
  });

  it('shares a failure with those who waited for it, not with later ones', () => {
    inVirtualTime(({ cold, hot, expectObservable, flush }) => {
      let calls = 0;
      const answers = [cold('---#'), cold('---(x|)')];
      const run = () => answers[calls++] ?? EMPTY;
      const requests = hot('aa----a|');
      const expected = '    ---(ff)--(x|)';
      const rows$ = parallel$(requests, { run, dedupe: true, now }).pipe(map(brief));
      expectObservable(rows$).toBe(expected, { f: '!', x: 'x' });
      flush();
      expect(calls).toBe(2);
    });
  });

  it('makes one call after the other for requests that end at once', async () => {
    let calls = 0;
    const run = () => {
      calls += 1;
      return EMPTY;
    };
    const rows = await allOf(parallel$(['a', 'a', 'a'], { run, dedupe: true, concurrency: 1 }));
    expect(rows.map(({ shared }) => shared)).toEqual([undefined, undefined, undefined]);
    expect(calls).toBe(3);
  });
});
