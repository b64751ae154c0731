import { backOffMs } from '../../lib/attempt/back-off';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeReply } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';
import { words } from '../support/words';

const failing: FakeReply = { status: 500 };
const ok: FakeReply = { text: 'ok' };
const times = ({ calls }: ReturnType<typeof fakeProvider>): readonly number[] => calls.map(({ at }) => at);

/** When a lone deployment is asked that answers so, then `ok`. */
function sentAt(first: FakeReply, random: () => number = () => 0): readonly number[] {
  const fake = fakeProvider([first, ok]);
  const { result$ } = createRouter({ ...virtualTime, random, deployments: [{ group: 'fake', ...fake }] });
  rowsOf(() => result$('hello'));
  return times(fake);
}

describe('waits between the calls of a request', () => {
  it('are 500 ms, then 1 s, and there is none after the last try', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([failing]);
      const { result$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }] });
      expectObservable(result$('hello').pipe(words())).toBe('1500ms (e|)', { e: '!ServerError' });
      flush();
      expect(times(fake)).toEqual([0, 500, 1500]);
    });
  });

  it('double up to 8 s', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([failing]);
      const { result$ } = createRouter({ ...virtualTime, maxRetries: 6, deployments: [{ group: 'fake', ...fake }] });
      expectObservable(result$('hello').pipe(words())).toBe('23500ms (e|)', { e: '!ServerError' });
      flush();
      expect(times(fake)).toEqual([0, 500, 1500, 3500, 7500, 15_500, 23_500]);
    });
  });

  it('count from the end of the failed call', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const fake = fakeProvider([
        { ...failing, afterMs: 30 },
        { ...ok, afterMs: 20 },
      ]);
      const { result$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }] });
      expectObservable(result$('hello').pipe(words())).toBe('550ms (a|)', { a: 'ok' });
      flush();
      expect(times(fake)).toEqual([0, 530]);
    });
  });

  it('are shortened by up to a quarter, by chance', () => {
    expect(sentAt(failing, () => 0.8)).toEqual([0, 400]);
    expect(backOffMs(1, undefined, () => 0)).toBe(1000);
    expect(backOffMs(1, undefined, () => 1 - 2 ** -53)).toBeCloseTo(750);
  });

  it.each<[string, Readonly<Record<string, string>>, number]>([
    ['seconds', { 'retry-after': '1' }, 1000],
    ['fractions of a second', { 'retry-after': '0.25' }, 250],
    ['scientific notation that is a minute at most', { 'retry-after': '6e1' }, 60_000],
    [
      'a date against that of the reply',
      { 'retry-after': 'Fri, 01 Jan 2027 00:00:02 GMT', date: 'Fri, 01 Jan 2027 00:00:00 GMT' },
      2000,
    ],
    ['a date against the wall clock', { 'retry-after': 'Thu, 01 Jan 1970 00:00:02 GMT' }, 2000],
    ['milliseconds', { 'retry-after-ms': '150' }, 150],
    ['milliseconds before seconds', { 'retry-after-ms': '150', 'retry-after': '9' }, 150],
    ['seconds when the milliseconds are 0', { 'retry-after-ms': '0', 'retry-after': '2' }, 2000],
    ['seconds when the milliseconds are none', { 'retry-after-ms': 'NaN', 'retry-after': '2' }, 2000],
    ['a minute', { 'retry-after': '60' }, 60_000],
  ])('are as long as a hint says: %s', (_, headers, hintMs) => {
    expect(sentAt({ ...failing, headers })).toEqual([0, hintMs]);
    expect(sentAt({ ...failing, headers }, () => 0.8)).toEqual([0, hintMs * 1.2]);
    expect(sentAt({ status: 429, headers })).toEqual([0, hintMs]);
  });

  it.each(['0', '-5', 'soon', '', '1, 2', 'Thu, 01 Jan 1970 00:00:00 GMT', 'NaN', 'Infinity'])(
    'back off when the hint is no positive number: %j',
    (hint) => {
      expect(sentAt({ ...failing, headers: { 'retry-after': hint } })).toEqual([0, 500]);
      expect(sentAt({ status: 429, headers: { 'retry-after': hint } })).toEqual([0, 500]);
    },
  );

  it.each(['61', '1e3', '2147484', '1e300'])('are not begun for a hint of more than a minute: %s s', (hint) => {
    const reply = { headers: { 'retry-after': hint } };
    expect(sentAt({ ...reply, status: 500 })).toEqual([0]);
    expect(sentAt({ ...reply, status: 429 })).toEqual([0]);
  });

  it.each([
    ['500', 500_000],
    ['1e300', 600_000],
  ])('park a deployment for as long as it asks, ten minutes at most: %s s', (hint, parkedMs) => {
    const fake = fakeProvider([{ status: 429, headers: { 'retry-after': hint } }]);
    const router = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }] });
    const [first, second] = rowsOf(() => router.parallel$(['a', 'b'], { concurrency: 1 }));
    expect([first, second].map((row) => row && brief(row))).toEqual(['!RateLimited', '!RateLimited']);
    expect(second?.outcome).toMatchObject({ left: { retryAfterMs: parkedMs, isRetryable: false } });
    expect(second?.attempts).toEqual([]);
    expect(fake.calls).toHaveLength(1);
    expect(router.snapshot().deployments).toMatchObject([{ cause: 'parked' }]);
  });

  it('honour the hint of a body', () => {
    const fake = fakeProvider([ok]);
    const toError: typeof fake.provider.toError = (reply, sent) =>
      Object.assign(fake.provider.toError(reply, sent), { retryAfterMs: 34_070 });
    const calls = fakeProvider([{ status: 429 }, ok]);
    const deployment = { group: 'fake', provider: { ...fake.provider, toError }, transport: calls.transport };
    const { result$ } = createRouter({ ...virtualTime, deployments: [deployment] });
    rowsOf(() => result$('hello'));
    expect(times(calls)).toEqual([0, 34_070]);
  });

  it('are none when another healthy deployment takes the request', () => {
    const [a, b] = [fakeProvider([failing]), fakeProvider([failing, ok])];
    const { result$ } = createRouter({
      ...virtualTime,
      deployments: [
        { group: 'fake', ...a },
        { group: 'fake', ...b },
      ],
    });
    const [row] = rowsOf(() => result$('hello'));
    expect(times(a)).toEqual([0, 500]); // both have been tried: the first whose back-off is over
    expect(times(b)).toEqual([0]);
    expect(row?.attempts.map(({ deployment }) => deployment)).toEqual([
      'fake/fake/fake',
      'fake/fake/fake-2',
      'fake/fake/fake',
    ]);
  });

  it('are counted by tag where the policy says so', () => {
    const fake = fakeProvider([failing, { fail: 'reset' }]);
    const config = { ...virtualTime, retryPolicy: { ServerError: 0, Connection: 4 } };
    const { result$ } = createRouter({ ...config, deployments: [{ group: 'fake', ...fake }] });
    const [first] = rowsOf(() => result$('hello'));
    expect(first && brief(first)).toBe('!ServerError');
    const [second] = rowsOf(() => result$('hello'));
    expect(second?.attempts).toHaveLength(5);
  });

  it.each([
    ['the request', 0, 1, 2, 1],
    ['the run', undefined, 1, 2, 2],
    ['the router', undefined, undefined, 4, 5],
  ])('%s says how many, before those around it', (_, ofRequest, ofRun, ofRouter, calls) => {
    const fake = fakeProvider([failing]);
    const router = createRouter({ ...virtualTime, maxRetries: ofRouter, deployments: [{ group: 'fake', ...fake }] });
    const request = { messages: [{ role: 'user', content: 'hello' }], routing: { maxRetries: ofRequest } } as const;
    rowsOf(() => router.parallel$([request], { maxRetries: ofRun }));
    expect(fake.calls).toHaveLength(calls);
  });
});
