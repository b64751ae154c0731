import { concatMap, delay, from, of, Subject } from 'rxjs';
import type { Timeouts } from '../../lib/domain/request';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeReply } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';
import { words } from '../support/words';

const silent: FakeReply = { fail: 'hang' };
const after = (afterMs: number): FakeReply => ({ afterMs, text: 'ok' });
const request = (timeouts?: Timeouts) =>
  ({ messages: [{ role: 'user', content: 'hello' }], routing: { timeouts } }) as const;
const ends = ({ calls }: ReturnType<typeof fakeProvider>): readonly string[] => calls.map(({ ended }) => String(ended));

describe('attemptMs', () => {
  it('ends a call, whose socket is given up, and counts as a failed try', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([silent]);
      const config = { ...virtualTime, timeouts: { attemptMs: 200 }, maxRetries: 1 };
      const { result$, snapshot } = createRouter({ ...config, deployments: [{ group: 'fake', ...fake }] });
      expectObservable(result$('hello').pipe(words())).toBe('900ms (t|)', { t: '!Timeout attempt' });
      flush();
      expect(fake.calls.map(({ at }) => at)).toEqual([0, 700]);
      expect(ends(fake)).toEqual(['aborted', 'aborted']);
      expect(snapshot().deployments).toMatchObject([{ failed: 2, inFlight: 0 }]);
    });
  });

  it('covers the wait for a key', () => {
    const fake = fakeProvider([after(0)]);
    const provider = { ...fake.provider, key: () => new Subject<string>() };
    const deployment = { group: 'fake', ...fake, provider };
    const router = createRouter({
      ...virtualTime,
      timeouts: { attemptMs: 50 },
      maxRetries: 0,
      deployments: [deployment],
    });
    expect(rowsOf(() => router.result$('hello')).map(brief)).toEqual(['!Timeout attempt']);
    expect(fake.calls).toHaveLength(0);
  });

  it.each([
    ['the request', 10, 20, 30, 40, 10],
    ['the run', undefined, 20, 30, 40, 20],
    ['the deployment', undefined, undefined, 30, 40, 30],
    ['the router', undefined, undefined, undefined, 40, 40],
    ['nobody: ten minutes', undefined, undefined, undefined, undefined, 600_000],
  ])('is set by %s', (_, ofRequest, ofRun, ofDeployment, ofRouter, expected) => {
    const fake = fakeProvider([silent]);
    const deployment = { group: 'fake', ...fake, timeouts: { attemptMs: ofDeployment } };
    const config = { ...virtualTime, maxRetries: 0, timeouts: { attemptMs: ofRouter } };
    const { parallel$ } = createRouter({ ...config, deployments: [deployment] });
    const [row] = rowsOf(() => parallel$([request({ attemptMs: ofRequest })], { timeouts: { attemptMs: ofRun } }));
    expect(row?.attempts.map(({ elapsedMs }) => elapsedMs)).toEqual([expected]);
  });
});

describe('totalMs', () => {
  it('ends a call in the middle, and that is not held against its deployment', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([silent]);
      const { result$, snapshot } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }] });
      expectObservable(result$('hello', { timeouts: { totalMs: 300 } }).pipe(words())).toBe('300ms (t|)', {
        t: '!Timeout total',
      });
      flush();
      expect(ends(fake)).toEqual(['aborted']);
      expect(snapshot().deployments).toMatchObject([{ failed: 0, aborted: 1, inFlight: 0 }]);
    });
  });

  it('is the limit of a wait for a place', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([after(1000)]);
      const { parallel$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake, maxParallel: 1 }] });
      const rows$ = parallel$([request(), request({ totalMs: 300 })], { concurrency: 2 });
      expectObservable(rows$.pipe(words())).toBe('300ms t 699ms (a|)', { a: 'ok', t: '!Timeout total' });
      flush();
      expect(fake.calls).toHaveLength(1);
    });
  });

  it('keeps a wait from being begun that would pass it: the latest error comes at once', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([{ status: 500, afterMs: 10 }]);
      const { result$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }] });
      const row$ = result$('hello', { timeouts: { totalMs: 1200 } });
      expectObservable(row$.pipe(words())).toBe('520ms (e|)', { e: '!ServerError' });
      flush();
      expect(fake.calls.map(({ at }) => at)).toEqual([0, 510]);
    });
  });

  it('counts from the moment a lane takes the request', () => {
    const fake = fakeProvider([after(100)]);
    const { parallel$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }] });
    const rows = rowsOf(() => parallel$(Array(5).fill('hello'), { concurrency: 1, timeouts: { totalMs: 150 } }));
    expect(rows.map(brief)).toEqual(Array(5).fill('ok'));
  });

  it.each([
    ['the request', 10, 20, 30, 10],
    ['the run', undefined, 20, 30, 20],
    ['the router', undefined, undefined, 30, 30],
  ])('is set by %s', (_, ofRequest, ofRun, ofRouter, expected) => {
    const fake = fakeProvider([silent]);
    const config = { ...virtualTime, timeouts: { totalMs: ofRouter } };
    const { parallel$ } = createRouter({ ...config, deployments: [{ group: 'fake', ...fake }] });
    const [row] = rowsOf(() => parallel$([request({ totalMs: ofRequest })], { timeouts: { totalMs: ofRun } }));
    expect(row && [brief(row), row.timing.elapsedMs]).toEqual(['!Timeout total', expected]);
  });

  it('may be longer than any timer', () => {
    const fake = fakeProvider([after(5)]);
    const timeouts = { totalMs: 2 ** 40, attemptMs: 2 ** 40, queueMs: 2 ** 40 };
    const { result$ } = createRouter({ ...virtualTime, timeouts, deployments: [{ group: 'fake', ...fake }] });
    expect(rowsOf(() => result$('hello')).map(brief)).toEqual(['ok']);
  });
});

describe('queueMs', () => {
  it('bounds a wait for a place; the request is not sent', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([after(100)]);
      const { parallel$, snapshot } = createRouter({
        ...virtualTime,
        deployments: [{ group: 'fake', ...fake, maxParallel: 1 }],
      });
      const rows$ = parallel$(['one', 'two', 'three'], { timeouts: { queueMs: 150 } });
      expectObservable(rows$.pipe(words())).toBe('100ms a 49ms t 49ms (a|)', { a: 'ok', t: '!Timeout queue' });
      flush();
      expect(fake.calls).toHaveLength(2);
      expect(snapshot().waiting).toBe(0);
    });
  });

  it('bounds each wait, not their sum', () => {
    const fake = fakeProvider([{ status: 500, afterMs: 100 }, { status: 500, afterMs: 100 }, after(100)]);
    const { parallel$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake, maxParallel: 1 }] });
    const rows = rowsOf(() => parallel$(['one', 'two'], { timeouts: { queueMs: 150 } }));
    expect(rows.map(brief)).toEqual(['ok', 'ok']);
  });

  it('bounds the wait for a lane of requests that come by themselves', () => {
    const fake = fakeProvider([after(100)]);
    const { parallel$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }] });
    const rows = rowsOf(() => parallel$(of('one', 'two', 'three'), { concurrency: 1, timeouts: { queueMs: 150 } }));
    expect(rows.map(brief)).toEqual(['ok', 'ok', '!Timeout queue']);
    expect(rows.map(({ timing }) => timing.queuedMs)).toEqual([0, 100, 200]);
    expect(fake.calls).toHaveLength(2);
  });

  it('does not bound how long a call or a back-off takes', () => {
    const fake = fakeProvider([{ status: 500, afterMs: 100 }, after(100)]);
    const { result$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }] });
    expect(rowsOf(() => result$('hello', { timeouts: { queueMs: 10 } })).map(brief)).toEqual(['ok']);
  });

  it('tells how long a request waited, in its row', () => {
    const fake = fakeProvider([after(100)]);
    const { parallel$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake, maxParallel: 1 }] });
    const requests$ = from(['one', 'two', 'three']).pipe(concatMap((item) => of(item).pipe(delay(10))));
    const rows = rowsOf(() => parallel$(requests$, { concurrency: 2 }));
    expect(rows.map(({ timing }) => timing)).toEqual([
      { queuedMs: 0, elapsedMs: 100 },
      { queuedMs: 90, elapsedMs: 190 },
      { queuedMs: 180, elapsedMs: 200 },
    ]);
  });
});
