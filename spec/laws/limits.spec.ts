import fc from 'fast-check';
import { asyncScheduler, timer } from 'rxjs';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeReply } from '../../lib/testing/index';
import { seededRandom } from '../../lib/testing/simulate/seeded-random';
import { inVirtualTime } from '../support/in-virtual-time';
import { mostInAMinute } from '../support/most-in-a-minute';

const minute = 60_000;

describe('laws of limits', () => {
  it.each([
    { rpm: 60, requests: 400 },
    { rpm: 600, requests: 3000 },
  ])('a thousand at a time: at most $rpm calls in any minute, and 0.97 of that kept up', ({ rpm, requests }) => {
    inVirtualTime(({ flush }) => {
      const fake = fakeProvider(() => ({ afterMs: 700, text: 'ok' }));
      const router = createRouter({ ...virtualTime, deployments: [{ group: 'g', rpm, ...fake }] });
      const rows: string[] = [];
      router
        .parallel$(Array<string>(requests).fill('hi'), { concurrency: 1000 })
        .subscribe(({ outcome }) => rows.push(outcome._tag));
      flush();
      expect(rows).toEqual(Array<string>(requests).fill('Right'));
      const sent = fake.calls.map(({ at }) => ({ at, amount: 1 }));
      expect(mostInAMinute(sent)).toBeLessThanOrEqual(rpm);
      const tookMs = sent.at(-1)!.at - sent[0]!.at;
      expect(requests).toBeGreaterThanOrEqual((0.97 * rpm * tookMs) / minute);
    });
  });

  it('the same for tokens, by what calls really took, when that is what was reserved', () => {
    inVirtualTime(({ flush }) => {
      const tpm = 4500;
      const fake = fakeProvider(() => ({ afterMs: 700, text: 'ok' }));
      const router = createRouter({ ...virtualTime, deployments: [{ group: 'g', tpm, ...fake }] });
      const taken: { readonly at: number; readonly amount: number }[] = [];
      const request = { messages: [{ role: 'user', content: 'hi' }], max_tokens: 8 } as const;
      router.parallel$(Array(2000).fill(request), { concurrency: 1000 }).subscribe(({ attempts, usage }) => {
        taken.push({ at: attempts[0]!.startedAt, amount: usage.totalTokens });
      });
      flush();
      expect(taken).toHaveLength(2000);
      expect(mostInAMinute(taken)).toBeLessThanOrEqual(tpm);
      const tookMs = taken.at(-1)!.at - taken[0]!.at;
      const tokens = taken.reduce((sum, { amount }) => sum + amount, 0);
      expect(tokens).toBeGreaterThanOrEqual((0.97 * tpm * tookMs) / minute);
    });
  });

  it('whatever the limits, quotas and failures: none is exceeded, every request ends once, and nothing stays reserved', () => {
    const few = (most: number) => fc.option(fc.integer({ min: 1, max: most }), { nil: undefined });
    const scene = fc.record({
      deployments: fc.array(
        fc.record({
          rpm: few(40),
          tpm: fc.option(fc.integer({ min: 100, max: 3000 }), { nil: undefined }),
          maxParallel: few(4),
          isShared: fc.boolean(),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      quota: fc.record({ rpm: few(40), maxParallel: few(3) }),
      requests: fc.array(fc.record({ words: fc.integer({ min: 1, max: 40 }), longest: few(50), priority: fc.nat(2) }), {
        minLength: 1,
        maxLength: 60,
      }),
      budget: few(50),
      seed: fc.integer(),
      concurrency: fc.integer({ min: 1, max: 50 }),
      leftAt: few(100_000),
    });
    fc.assert(
      fc.property(scene, ({ deployments, quota, requests, budget, seed, concurrency, leftAt }) => {
        inVirtualTime(({ flush }) => {
          const random = seededRandom(seed);
          /** Calls that count: what a provider puts off is given back. */
          const counted = new Map<string, number[]>();
          const inFlight = new Map<string, number>();
          const mostInFlight = new Map<string, number>();
          const names = (i: number) => [String(i), ...(deployments[i]?.isShared === true ? ['account'] : [])];
          const router = createRouter({
            ...virtualTime,
            random,
            maxThrottles: 1000,
            throttleMs: 1e9,
            health: { cooldownMs: 0 },
            quotas: { account: quota },
            deployments: deployments.map(({ isShared, ...its }, i) => {
              const script = (): FakeReply => {
                const [chance, afterMs, at] = [random(), Math.floor(random() * 3000), asyncScheduler.now()];
                if (chance < 0.1) return { afterMs, status: 429, headers: { 'retry-after': '2' } };
                for (const name of names(i)) counted.set(name, [...(counted.get(name) ?? []), at]);
                if (chance < 0.15) return { afterMs, status: 500 };
                return chance < 0.2 ? { afterMs, fail: 'reset' } : { afterMs, text: 'some words to count' };
              };
              const shared = isShared ? { quota: 'account' } : {};
              return { group: 'g', id: String(i), ...its, reserveTokens: 20, ...shared, ...fakeProvider(script) };
            }),
          });
          router.events$.subscribe((event) => {
            if (!('attempt' in event)) return;
            for (const name of names(Number(event.deployment))) {
              const now = (inFlight.get(name) ?? 0) + (event.type === 'attempt-started' ? 1 : -1);
              inFlight.set(name, now);
              mostInFlight.set(name, Math.max(mostInFlight.get(name) ?? 0, now));
            }
          });
          const items = requests.map(({ words, longest, priority }) => ({
            messages: [{ role: 'user' as const, content: 'word '.repeat(words) }],
            max_tokens: longest,
            routing: { priority },
          }));
          const rows: number[] = [];
          let isOver = false;
          const end = (): void => {
            isOver = true;
          };
          const spent = budget === undefined ? undefined : { requests: budget };
          const run = router.parallel$(items, { concurrency, budget: spent }).subscribe({
            next: ({ index }) => rows.push(index),
            complete: end,
          });
          if (leftAt !== undefined)
            timer(leftAt).subscribe(() => {
              run.unsubscribe();
            });
          run.add(end);
          flush();

          expect(isOver).toBe(true);
          const wanted = leftAt === undefined ? items.length : rows.length;
          expect(new Set(rows).size).toBe(wanted);
          const limits = [...deployments.map((one, i) => [String(i), one] as const), ['account', quota] as const];
          for (const [name, { rpm = Infinity, maxParallel = Infinity }] of limits) {
            const its = (counted.get(name) ?? []).map((at) => ({ at, amount: 1 }));
            expect(mostInAMinute(its)).toBeLessThanOrEqual(rpm);
            expect(mostInFlight.get(name) ?? 0).toBeLessThanOrEqual(maxParallel);
          }
          const calls = deployments.flatMap((_, i) => counted.get(String(i)) ?? []).length;
          expect(calls).toBeLessThanOrEqual(budget ?? Infinity);
          const { waiting, deployments: left } = router.snapshot();
          expect([waiting, ...left.map((one) => one.inFlight)].filter((n) => n !== 0)).toEqual([]);
        });
      }),
      { numRuns: 100 },
    );
  });
});
