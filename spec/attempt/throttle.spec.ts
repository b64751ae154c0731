import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeReply } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { rowsOf } from '../support/rows-of';

const throttled: FakeReply = { status: 429 };
const ok: FakeReply = { text: 'ok' };
const times = ({ calls }: ReturnType<typeof fakeProvider>): readonly number[] => calls.map(({ at }) => at);

describe('a throttle', () => {
  it('spends neither a retry nor the retry budget', () => {
    const fake = fakeProvider([throttled, throttled, throttled, ok]);
    const router = createRouter({ ...virtualTime, maxRetries: 0, deployments: [{ group: 'fake', ...fake }] });
    const [row] = rowsOf(() => router.result$('hello'));
    expect(row && brief(row)).toBe('ok');
    expect(row?.attempts.map(({ ended }) => ended)).toEqual(['throttled', 'throttled', 'throttled', 'ok']);
    expect(times(fake)).toEqual([0, 500, 1500, 3500]);
    expect(router.snapshot()).toMatchObject({ retryBudget: 500, deployments: [{ throttled: 3, failed: 0, calls: 4 }] });
  });

  it('is sat out ten times, then is the failure', () => {
    const fake = fakeProvider([throttled]);
    const { result$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }] });
    const [row] = rowsOf(() => result$('hello'));
    expect(row && brief(row)).toBe('!RateLimited');
    expect(fake.calls).toHaveLength(11);
    expect(fake.calls.at(-1)?.at).toBe(500 + 1000 + 2000 + 4000 + 6 * 8000);
  });

  it('is sat out as often as maxThrottles says', () => {
    const fake = fakeProvider([throttled]);
    const { result$ } = createRouter({ ...virtualTime, maxThrottles: 2, deployments: [{ group: 'fake', ...fake }] });
    expect(rowsOf(() => result$('hello')).map(brief)).toEqual(['!RateLimited']);
    expect(times(fake)).toEqual([0, 500, 1500]);
  });

  it('is sat out for no longer than throttleMs by all groups of a request together', () => {
    const refusing = () => fakeProvider([{ status: 429, headers: { 'retry-after': '4' } }]);
    const { result$ } = createRouter({
      ...virtualTime,
      throttleMs: 9000,
      fallbacks: { one: ['two'] },
      defaultModel: 'one',
      deployments: [
        { group: 'one', ...refusing() },
        { group: 'two', ...refusing() },
      ],
    });
    const [row] = rowsOf(() => result$('hi'));
    expect(row && [brief(row), row.timing.elapsedMs]).toEqual(['!RateLimited', 8000]);
  });

  it('is sat out for no longer than throttleMs, in all', () => {
    const fake = fakeProvider([{ status: 429, headers: { 'retry-after': '4' } }]);
    const { result$ } = createRouter({ ...virtualTime, throttleMs: 9000, deployments: [{ group: 'fake', ...fake }] });
    expect(rowsOf(() => result$('hello')).map(brief)).toEqual(['!RateLimited']);
    expect(times(fake)).toEqual([0, 4000, 8000]);
  });

  it('makes the request move at once when another deployment has room', () => {
    const [a, b] = [fakeProvider([throttled]), fakeProvider([ok])];
    const deployments = [a, b].map((fake) => ({ group: 'fake', ...fake }));
    const { result$ } = createRouter({ ...virtualTime, deployments });
    const [row] = rowsOf(() => result$('hello'));
    expect(row && brief(row)).toBe('ok');
    expect([times(a), times(b)]).toEqual([[0], [0]]);
  });

  it('makes the request wait for whichever comes first: room elsewhere, or the end of its hint', () => {
    const slow: FakeReply = { ...ok, afterMs: 300 };
    const [a, b] = [fakeProvider([slow, throttled, slow]), fakeProvider([slow])];
    const deployments = [
      { group: 'fake', ...a },
      { group: 'fake', ...b, maxParallel: 1 },
    ];
    const shuffled = [0, 0.9, 0]; // the first to a, the second to b, the third to a, which throttles it
    const { parallel$ } = createRouter({ ...virtualTime, random: () => shuffled.shift() ?? 0, deployments });
    const rows = rowsOf(() => parallel$(['one', 'two', 'three'], { order: 'input' }));
    expect(rows.map(brief)).toEqual(['ok', 'ok', 'ok']);
    expect([times(a), times(b)]).toEqual([
      [0, 0],
      [0, 300],
    ]);
  });

  it('leaves the request its place in the line: first come, first served', () => {
    const script = (request: { readonly messages: readonly { readonly content?: unknown }[] }, call: number) =>
      call === 0
        ? { ...throttled, headers: { 'retry-after-ms': '150' } }
        : { text: String(request.messages[0]?.content), afterMs: 100 };
    const fake = fakeProvider(script);
    const { parallel$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake, maxParallel: 1 }] });
    const rows = rowsOf(() => parallel$(['first', 'second', 'third', 'fourth'], { concurrency: 4 }));
    // At 100 ms the first may not yet be sent, so the third is; at 200 ms it comes before the fourth.
    expect(rows.map(brief)).toEqual(['second', 'third', 'first', 'fourth']);
    expect(times(fake)).toEqual([0, 0, 100, 200, 300]);
  });

  it('teaches how many calls at a time are welcome', () => {
    let inFlight = 0;
    let most = 0;
    const limit = 5;
    const fake = fakeProvider((_, call) => {
      inFlight = fake.calls.filter(({ ended }) => ended === undefined).length;
      if (call > 200) most = Math.max(most, inFlight);
      return inFlight > limit ? throttled : { text: 'ok', afterMs: 100 };
    });
    const router = createRouter({ ...virtualTime, deployments: [{ group: 'fake', ...fake }] });
    const rows = rowsOf(() => router.parallel$(Array(500).fill('hello'), { concurrency: 64 }));
    expect(rows.map(brief)).toEqual(Array(500).fill('ok'));
    expect(most).toBeLessThanOrEqual(limit + 1);
    expect(router.snapshot().deployments[0]?.learnedParallel).toBeLessThanOrEqual(limit + 1);
    expect(fake.calls.at(-1)?.at).toBeLessThan((500 / limit) * 100 * 1.5);
  });

  it('costs no failure in a storm of seconds, and few calls', () => {
    const fake = fakeProvider(() => {
      const stormy = virtualTime.now() < 3000;
      return stormy ? { status: 429, headers: { 'retry-after': '1' }, afterMs: 20 } : { text: 'ok', afterMs: 20 };
    });
    let seed = 1;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const router = createRouter({ ...virtualTime, random, deployments: [{ group: 'fake', ...fake }] });
    const rows = rowsOf(() => router.parallel$(Array(1000).fill('hello'), { concurrency: 50 }));
    expect(rows.map(brief)).toEqual(Array(1000).fill('ok'));
    expect(fake.calls.filter(({ at }) => at < 3000).length).toBeLessThanOrEqual(4 * 50);
    expect(router.snapshot().retryBudget).toBe(500);
    const after = fake.calls.filter(({ at }) => at >= 3000).map(({ at }) => at);
    const bins = new Map<number, number>();
    for (const at of after) bins.set(Math.floor(at / 100), (bins.get(Math.floor(at / 100)) ?? 0) + 1);
    const span = (Math.max(...after) - Math.min(...after)) / 100;
    expect(Math.max(...bins.values())).toBeLessThan((3 * after.length) / span);
  });
});
