import { EMPTY, NEVER, of, Subject, tap, throwError, timer, type ObservableInput } from 'rxjs';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeReply } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';
import { words } from '../support/words';

const slow: FakeReply = { afterMs: 100, text: 'ok' };
const request = (until: ObservableInput<unknown> & object) =>
  ({ messages: [{ role: 'user', content: 'hello' }], routing: { until } }) as const;
const routerOf = (fake: ReturnType<typeof fakeProvider>) =>
  createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake, maxParallel: 1 }] });

describe('routing.until', () => {
  it('cancels a request before it is sent when it has spoken already', () => {
    const fake = fakeProvider([slow]);
    const [row] = rowsOf(() => routerOf(fake).result$(request(of('stop'))));
    expect(row && brief(row)).toBe('!Cancelled');
    expect(row?.attempts).toEqual([]);
    expect(fake.calls).toHaveLength(0);
  });

  it('cancels a call: aborted, and noted among the attempts', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions, flush }) => {
      const fake = fakeProvider([slow]);
      const until = hot('----x');
      const subs = '     ^---!';
      const expected = ' ----(c|)';
      const router = routerOf(fake);
      const rows: unknown[] = [];
      const row$ = router.result$(request(until)).pipe(tap(({ attempts, outcome }) => rows.push(attempts, outcome)));
      expectObservable(row$.pipe(words())).toBe(expected, { c: '!Cancelled' });
      expectSubscriptions(until.subscriptions).toBe(subs);
      flush();
      expect(fake.calls.map(({ ended }) => ended)).toEqual(['aborted']);
      expect(rows).toMatchObject([
        [{ ended: 'aborted', deployment: 'fake/fake/fake', elapsedMs: 4, startedAt: 0 }],
        { left: { _tag: 'Cancelled', attempts: [{ ended: 'aborted' }] } },
      ]);
      expect(router.snapshot().deployments).toMatchObject([{ inFlight: 0, failed: 0 }]);
    });
  });

  it('cancels a wait for a place; the others keep theirs', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([slow]);
      const router = routerOf(fake);
      const rows$ = router.parallel$(['one', request(timer(30)), 'three']);
      expectObservable(rows$.pipe(words())).toBe('30ms c 69ms a 99ms (a|)', { a: 'ok', c: '!Cancelled' });
      flush();
      expect(fake.calls).toHaveLength(2);
      expect(router.snapshot().waiting).toBe(0);
    });
  });

  it('cancels a back-off', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([{ status: 500 }]);
      expectObservable(
        routerOf(fake)
          .result$(request(timer(30)))
          .pipe(words()),
      ).toBe('30ms (c|)', { c: '!Cancelled' });
      flush();
      expect(fake.calls).toHaveLength(1);
    });
  });

  it('changes nothing when it speaks after the answer, and is let go of then', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const until = hot('     -----x');
      const expected = '      --(a|)';
      const subs = '          ^-!';
      const router = routerOf(fakeProvider([{ ...slow, afterMs: 2 }]));
      expectObservable(router.result$(request(until)).pipe(words())).toBe(expected, { a: 'ok' });
      expectSubscriptions(until.subscriptions).toBe(subs);
    });
  });

  it.each([
    ['that ends without a value', EMPTY],
    ['that never speaks', NEVER],
    ['an empty array', []],
  ])('changes nothing: one %s', (_, until) => {
    expect(rowsOf(() => routerOf(fakeProvider([slow])).result$(request(until))).map(brief)).toEqual(['ok']);
  });

  it('that errors is a defect that does not tell what it said', () => {
    const fake = fakeProvider([slow]);
    const [row] = rowsOf(() => routerOf(fake).result$(request(throwError(() => new RangeError('the secret')))));
    expect(row?.outcome).toMatchObject({
      left: { _tag: 'Defect', message: expect.stringMatching(/^routing\.until .*RangeError/) },
    });
    expect(JSON.stringify(row)).not.toContain('secret');
    expect(fake.calls).toHaveLength(0);
  });

  it('may be a bare promise', async () => {
    const fake = fakeProvider([{ fail: 'hang' }]);
    let speak: (value: string) => void = () => undefined;
    const promise = new Promise<string>((resolve) => (speak = resolve));
    const words = new Promise<string>((resolve) => {
      createRouter({ deployments: [{ group: 'fake', ...fake }] })
        .result$(request(promise))
        .subscribe((row) => {
          resolve(brief(row));
        });
    });
    speak('stop');
    expect(await words).toBe('!Cancelled');
    expect(fake.calls.map(({ ended }) => ended)).toEqual(['aborted']);
  });

  it('is never sent', () => {
    const fake = fakeProvider([slow]);
    rowsOf(() => routerOf(fake).result$({ ...request(NEVER), metadata: { id: 1 } }));
    expect(Object.keys(fake.calls[0]?.request ?? {}).sort()).toEqual(['messages', 'model']);
  });

  it('of one request leaves the others alone', () => {
    const stop = new Subject<void>();
    const fake = fakeProvider((_, call) => {
      if (call === 2) stop.next();
      return slow;
    });
    const router = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }] });
    const rows = rowsOf(() => router.parallel$(['one', request(stop), 'three', 'four'], { order: 'input' }));
    expect(rows.map(brief)).toEqual(['ok', '!Cancelled', 'ok', 'ok']);
  });
});
