import fc from 'fast-check';
import { defer, throwError, timer } from 'rxjs';
import { createRouter } from '../../lib/router';
import { fakeProvider, fakeShared, virtualTime, type FakeReply, type FakeShared } from '../../lib/testing/index';
import { seededRandom } from '../../lib/testing/simulate/seeded-random';
import { inVirtualTime } from '../support/in-virtual-time';
import { mostInAMinute } from '../support/most-in-a-minute';

const minute = 60_000;

describe('laws of routers that share limits', () => {
  it.each([
    { rpm: 60, routers: 1, delayMs: 20 },
    { rpm: 60, routers: 2, delayMs: 0 },
    { rpm: 60, routers: 3, delayMs: 200 },
    { rpm: 600, routers: 1, delayMs: 500 },
    { rpm: 600, routers: 2, delayMs: 50 },
    { rpm: 1500, routers: 3, delayMs: 100 },
  ])(
    '$routers busy at $rpm a minute, $delayMs ms away: together at most that in any minute, and 0.9 of it kept up',
    ({ rpm, routers, delayMs }) => {
      inVirtualTime(({ flush }) => {
        const shared = fakeShared({ limits: { 'deployment:d:requests': rpm }, delayMs });
        const fake = fakeProvider(() => ({ afterMs: 300, text: 'ok' }));
        const each = Math.ceil((6 * rpm) / routers);
        const outcomes: string[] = [];
        for (let i = 0; i < routers; i++) {
          createRouter({ ...virtualTime, shared, deployments: [{ group: 'g', id: 'd', rpm, ...fake }] })
            .parallel$(Array<string>(each).fill('hi'), { concurrency: 100 })
            .subscribe(({ outcome }) => outcomes.push(outcome._tag));
        }
        flush();
        expect(outcomes).toEqual(Array<string>(each * routers).fill('Right'));
        const sent = fake.calls.map(({ at }) => ({ at, amount: 1 }));
        expect(mostInAMinute(sent)).toBeLessThanOrEqual(rpm);
        const tookMs = sent.at(-1)!.at - sent[0]!.at;
        expect(sent.length).toBeGreaterThanOrEqual((0.9 * rpm * tookMs) / minute);
        expect(shared.used('deployment:d:requests')).toBe(sent.length);
      });
    },
  );

  it('reserved tokens that were not used are for the others: two limits at once, 0.9 of the tighter one kept up', () => {
    inVirtualTime(({ flush }) => {
      const [rpm, tpm] = [60, 8000];
      const shared = fakeShared({ limits: { 'quota:all:requests': rpm, 'quota:all:tokens': tpm }, delayMs: 30 });
      const fake = fakeProvider(() => ({ afterMs: 5000, text: 'word '.repeat(60) }));
      const used: { at: number; amount: number }[] = [];
      for (let i = 0; i < 2; i++) {
        const one = { group: 'g', id: 'd', quota: 'all', reserveTokens: 300, ...fake };
        const router = createRouter({ ...virtualTime, shared, quotas: { all: { rpm, tpm } }, deployments: [one] });
        router
          .parallel$(Array<string>(150).fill('word '.repeat(12)), { concurrency: 50 })
          .subscribe(({ attempts: [attempt] }) => {
            used.push({ at: attempt?.startedAt ?? NaN, amount: attempt?.usage?.totalTokens ?? NaN });
          });
      }
      flush();
      used.sort((a, b) => a.at - b.at);
      const tookMs = used.at(-1)!.at - used[0]!.at;
      const tokens = used.reduce((sum, { amount }) => sum + amount, 0);
      expect(mostInAMinute(used)).toBeLessThanOrEqual(tpm);
      expect(mostInAMinute(used.map(({ at }) => ({ at, amount: 1 })))).toBeLessThanOrEqual(rpm);
      expect(used.length).toBeGreaterThanOrEqual((0.9 * rpm * tookMs) / minute);
      expect(shared.used('quota:all:tokens')).toBe(tokens);
    });
  });

  it('whatever happens: no limit is exceeded, every request ends once, and after the last of them nothing is leased', () => {
    const scene = fc.record({
      routers: fc.array(
        fc.record({
          requests: fc.array(
            fc.record({ words: fc.integer({ min: 1, max: 40 }), longest: fc.integer({ min: 10, max: 60 }) }),
            {
              minLength: 1,
              maxLength: 25,
            },
          ),
          concurrency: fc.integer({ min: 1, max: 30 }),
          failFast: fc.boolean(),
          leftAt: fc.option(fc.integer({ min: 1, max: 60_000 }), { nil: undefined }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      rpm: fc.integer({ min: 1, max: 40 }),
      tpm: fc.integer({ min: 200, max: 3000 }),
      quota: fc.integer({ min: 1, max: 60 }),
      delayMs: fc.nat(500),
      validMs: fc.integer({ min: 2000, max: 5000 }),
      slice: fc.constantFrom(Infinity, 150),
      refusals: fc.constantFrom(0, 0.3),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(scene, ({ routers, rpm, tpm, quota, delayMs, validMs, slice, refusals, seed }) => {
        inVirtualTime(({ flush }) => {
          const random = seededRandom(seed);
          const limits = { 'deployment:0:requests': rpm, 'deployment:1:tokens': tpm, 'quota:account:requests': quota };
          const shared = flaky(fakeShared({ limits, delayMs, validMs, slice }), () => random() < refusals);
          const script = (): FakeReply => {
            const [chance, afterMs] = [random(), Math.floor(random() * 3000)];
            if (chance < 0.1) return { afterMs, status: 500 };
            return chance < 0.2 ? { afterMs, fail: 'reset' } : { afterMs, text: 'some words to count' };
          };
          const fakes = [fakeProvider(script), fakeProvider(script)];
          const deployments = [
            { group: 'g', id: '0', rpm, quota: 'account', ...fakes[0]! },
            { group: 'g', id: '1', tpm, quota: 'account', ...fakes[1]! },
          ];
          const openAfterAll: unknown[] = [];
          const ended = routers.map(({ requests, concurrency, failFast, leftAt }) => {
            const config = { ...virtualTime, random, shared, deployments, quotas: { account: { rpm: quota } } };
            const router = createRouter({ ...config, health: { cooldownMs: 0 } });
            const items = requests.map(({ words, longest }) => ({
              messages: [{ role: 'user' as const, content: 'word '.repeat(words) }],
              max_tokens: longest,
            }));
            const rows: number[] = [];
            const end = { how: 'not at all', rows, wanted: items.length };
            const run = router.parallel$(items, { concurrency, failFast }).subscribe({
              next: ({ index }) => rows.push(index),
              complete: () => (end.how = 'complete'),
              error: () => (end.how = 'failed'),
            });
            if (leftAt !== undefined) {
              timer(leftAt).subscribe(() => {
                if (!run.closed) end.how = 'left';
                run.unsubscribe();
                if (ended.every(({ how }) => how !== 'not at all')) openAfterAll.push(shared.stats());
              });
            }
            return end;
          });
          flush();

          for (const { how, rows, wanted } of ended) {
            expect(how).not.toBe('not at all');
            expect(new Set(rows).size).toBe(rows.length);
            expect(how !== 'complete' || rows.length === wanted).toBe(true);
          }
          const calls = fakes.map((fake) => fake.calls.map(({ at }) => ({ at, amount: 1 })));
          const both = calls.flat().sort((a, b) => a.at - b.at);
          expect(mostInAMinute(calls[0]!)).toBeLessThanOrEqual(rpm);
          expect(mostInAMinute(both)).toBeLessThanOrEqual(quota);
          for (const open of [...openAfterAll, shared.stats()]) expect(open).toEqual({ wishes: 0, listeners: 0 });
          expect(shared.used('deployment:0:requests')).toBe(calls[0]!.length);
          expect(shared.used('quota:account:requests')).toBe(both.length);
        });
      }),
      { numRuns: 150 },
    );
  });
});

/** Now and then it cannot be reached. */
function flaky(shared: FakeShared, isDown: () => boolean): FakeShared {
  const acquire: FakeShared['acquire'] = (key, amount) =>
    defer(() => (isDown() ? throwError(() => new Error('nobody answers')) : shared.acquire(key, amount)));
  return { ...shared, acquire };
}
