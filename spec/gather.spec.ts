import { delay, map, of, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { gather$ } from '../lib/gather';
import { allOf } from './support/all-of';

const scheduler = (): TestScheduler =>
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });

describe('gather$', () => {
  const run = (ms: number) => timer(ms).pipe(map(() => ms));

  it('emits all rows once, in input order, when the last is there', () => {
    scheduler().run(({ expectObservable }) => {
      const rows$ = gather$([30, 10, 20], { run, concurrency: 2 });
      expectObservable(rows$.pipe(map((rows) => rows.map(({ request }) => request)))).toBe('30ms (x|)', {
        x: [30, 10, 20],
      });
    });
  });

  it('keeps the order in which they finished with preserveOrder: false', () => {
    scheduler().run(({ expectObservable }) => {
      const rows$ = gather$([30, 10, 21], { run, concurrency: 2, preserveOrder: false });
      expectObservable(rows$.pipe(map((rows) => rows.map(({ request }) => request)))).toBe('31ms (x|)', {
        x: [10, 30, 21],
      });
    });
  });

  it('gives [] for no requests', async () => {
    expect(await allOf(gather$([], { run: (n) => of(n) }))).toEqual([[]]);
  });

  it('errors as parallel$ does, and checks at the call as it does', () => {
    scheduler().run(({ expectObservable, cold }) => {
      const failing$ = gather$([1, 2], { run: () => cold('--#', undefined, 'bad'), failFast: true });
      expectObservable(failing$).toBe('--#', undefined, 'bad');
    });
    expect(() => gather$([1], undefined as never)).toThrow(/^give \{ router \}/);
    expect(() => gather$('abc' as never, { run: (n) => of(n) })).toThrow('requests is a string: wrap it in an array');
  });

  it('aborts what is under way at unsubscribe', () => {
    scheduler().run(({ cold, expectObservable, expectSubscriptions }) => {
      const task = cold('-----(a|)');
      const unsub = '    --!      ';
      expectObservable(gather$([1], { run: () => task.pipe(delay(0)) }), unsub).toBe('---');
      expectSubscriptions(task.subscriptions).toBe('^-!');
    });
  });
});
