import { isLeft } from 'fp-ts/Either';
import { type Observable, of, Subject, throwError } from 'rxjs';
import { isCancelled } from '../lib/domain/guards';
import { parallel$ } from '../lib/parallel';
import { allOf } from './support/all-of';

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
    const rows = await allOf(parallel$(requests, { run, concurrency: 1, maxErrorRate }));
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
    const rows = await allOf(parallel$(endless(), { run: failing, concurrency: 1, maxErrorRate }));
    expect(rows).toHaveLength(4);
    expect(returned).toBe(1);
  });

  it('lets what is under way finish', () => {
    const slow = new Subject<string>();
    const seen: unknown[] = [];
    const run = (n: number): Observable<string> => (n === 0 ? slow : throwError(() => new Error('bad')));
    parallel$([0, 1, 2, 3], { run, concurrency: 2, maxErrorRate: { ratio: 0, minimum: 2 } }).subscribe({
      next: ({ index, outcome }) => seen.push([index, outcome._tag]),
      complete: () => seen.push('complete'),
    });
    slow.next('fine');
    slow.complete();
    expect(seen).toEqual([[1, 'Left'], [2, 'Left'], [3, 'Left'], [0, 'Right'], 'complete']);
  });
});
