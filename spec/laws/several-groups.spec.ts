import fc from 'fast-check';
import { from, interval, map, take, Subscription, timer } from 'rxjs';
import type { ParallelResult } from '../../lib/domain/result';
import { createRouter } from '../../lib/router';
import type { Requests } from '../../lib/rx/source/to-source';
import { fakeProvider, virtualTime, type FakeReply } from '../../lib/testing/index';
import { inVirtualTime } from '../support/in-virtual-time';

const reply = fc.constantFrom<FakeReply>(
  { text: 'ok' },
  { text: 'ok', afterMs: 3 },
  { text: 'ok', afterMs: 40 },
  { status: 500, afterMs: 2 },
  { status: 429 },
  { status: 400, afterMs: 1 },
);
const world = fc.record({
  scripts: fc.array(fc.array(reply, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
  requests: fc.integer({ min: 0, max: 12 }),
  kind: fc.constantFrom<('array' | 'generator' | 'observable' | 'now and then')[]>(
    'array',
    'generator',
    'observable',
    'now and then',
  ),
  concurrency: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(Infinity)),
  order: fc.constantFrom<('completion' | 'input')[]>('completion', 'input'),
  window: fc.integer({ min: 1, max: 5 }),
  maxParallel: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
});

describe('laws of the ensemble', () => {
  it('each request meets each group exactly once, in order when asked, and no more is taken than the lanes have use for', () => {
    fc.assert(
      fc.property(world, ({ scripts, requests, kind, concurrency, order, window, maxParallel }) => {
        inVirtualTime(({ flush }) => {
          const groups = scripts.map((_, i) => `g${String(i)}`);
          const router = createRouter({
            ...virtualTime,
            maxThrottles: 2,
            deployments: scripts.map((script, i) => ({
              group: `g${String(i)}`,
              ...fakeProvider((_, call) => script[call % script.length]!),
              maxParallel,
            })),
          });
          let [pulled, done, most, ended] = [0, 0, 0, 0];
          function* generate(): Generator<string> {
            while (pulled < requests) {
              pulled++;
              most = Math.max(most, pulled - Math.floor(done / groups.length));
              yield 'hello';
            }
          }
          const all = Array<string>(requests).fill('hello');
          const inputs: Readonly<Record<typeof kind, () => Requests<string>>> = {
            array: () => all,
            generator: generate,
            observable: () => from(all),
            'now and then': () =>
              interval(5).pipe(
                take(requests),
                map(() => 'hello'),
              ),
          };
          const seen: string[] = [];
          router.ensemble$(inputs[kind](), { groups, concurrency, order, window }).subscribe({
            next: ({ index, group }) => {
              done++;
              seen.push(`${String(index).padStart(2, '0')} ${String(group)}`);
            },
            complete: () => ended++,
          });
          flush();
          const expected = all.flatMap((_, i) => groups.map((group) => `${String(i).padStart(2, '0')} ${group}`));
          expect(ended).toBe(1);
          expect(order === 'input' ? seen : [...seen].sort()).toEqual(expected);
          const ahead = order === 'input' ? window : concurrency; // rows that wait for an earlier one do not keep a lane
          expect(most).toBeLessThanOrEqual(ahead + 1);
          const { waiting, deployments } = router.snapshot();
          expect([waiting, ...deployments.map(({ inFlight }) => inFlight)]).toEqual([0, ...groups.map(() => 0)]);
        });
      }),
    );
  });
});

describe('laws of the race', () => {
  it('one row, of a success if there is one; every call of every group in it; nothing under way behind it', () => {
    fc.assert(
      fc.property(
        world,
        fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
        ({ scripts, maxParallel }, leaveMs) => {
          inVirtualTime(({ flush }) => {
            const groups = scripts.map((_, i) => `g${String(i)}`);
            const fakes = scripts.map((script) => fakeProvider((_, call) => script[call % script.length]!));
            const router = createRouter({
              ...virtualTime,
              maxThrottles: 2,
              deployments: fakes.map((fake, i) => ({ group: groups[i]!, ...fake, maxParallel })),
            });
            const inFlight = (): number => router.snapshot().deployments.reduce((sum, one) => sum + one.inFlight, 0);
            const rows: ParallelResult<string>[] = [];
            const left: number[] = []; // what is in flight when the row comes, or when it is not waited for
            let run = Subscription.EMPTY;
            if (leaveMs !== undefined) {
              timer(leaveMs).subscribe(() => {
                run.unsubscribe();
                left.push(inFlight());
              });
            }
            run = router.race$('hello', { groups }).subscribe((row) => {
              rows.push(row);
              left.push(inFlight());
            });
            flush();
            const calls = fakes.flatMap((fake) => fake.calls);
            expect(calls.map(({ ended }) => ended)).not.toContain(undefined);
            expect(left.every((n) => n === 0)).toBe(true);
            expect(router.snapshot().waiting).toBe(0);
            expect(rows.length === 1 || (rows.length === 0 && leaveMs !== undefined)).toBe(true);
            for (const { outcome, attempts, group, deployment } of rows) {
              const successes = attempts.filter(({ ended }) => ended === 'ok').map((call) => call.deployment);
              expect(successes).toEqual(outcome._tag === 'Right' ? [deployment] : []);
              expect(groups).toContain(group);
              expect(attempts).toHaveLength(calls.length);
            }
          });
        },
      ),
    );
  });
});
