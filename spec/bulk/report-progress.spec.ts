import { asyncScheduler, map, type Observable, of, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { Progress } from '../../lib/bulk/progress';
import { parallel$ } from '../../lib/parallel';

const scheduler = (): TestScheduler =>
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
const now = (): number => asyncScheduler.now();
const raise = (reason: unknown): never => {
  throw reason;
};

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
        restored: 0,
        inFlight: 1,
        waiting: 0,
        retries: 0,
        tokens: 0,
        cost: 0,
        perSecond: 20,
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
