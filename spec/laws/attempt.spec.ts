import fc from 'fast-check';
import { Subscription, timer } from 'rxjs';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeReply } from '../../lib/testing/index';
import { inVirtualTime } from '../support/in-virtual-time';

const reply: fc.Arbitrary<FakeReply> = fc
  .record({
    afterMs: fc.constantFrom(0, 0, 1, 30, 250, 5000),
    kind: fc.constantFrom<FakeReply>(
      { text: 'ok' },
      { text: 'ok' },
      { status: 500 },
      { status: 429 },
      { status: 429, headers: { 'retry-after': '1' } },
      { status: 429, headers: { 'retry-after': '90' } },
      { status: 401 },
      { status: 400 },
      { status: 200 },
      { fail: 'reset' },
      { fail: 'hang' },
    ),
  })
  .map(({ afterMs, kind }) => ({ ...kind, afterMs }));

const request = fc.record({
  priority: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
  maxRetries: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  untilMs: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined }),
  queueMs: fc.option(fc.integer({ min: 1, max: 3000 }), { nil: undefined }),
  totalMs: fc.option(fc.integer({ min: 1, max: 9000 }), { nil: undefined }),
});

const world = fc.record({
  scripts: fc.array(fc.array(reply, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
  maxParallel: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  whenExhausted: fc.constantFrom<'wait' | 'fail'>('wait', 'fail'),
  strategy: fc.constantFrom('simple-shuffle', 'least-busy', 'latency', 'priority-order'),
  requests: fc.array(request, { minLength: 1, maxLength: 12 }),
  concurrency: fc.integer({ min: 1, max: 8 }),
  hedgeMs: fc.constantFrom(undefined, 0, 20, 300),
  leaveMs: fc.option(fc.integer({ min: 0, max: 6000 }), { nil: undefined }),
  random: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 7 }),
});

/** What can be spent at most on a request: tries, throttles, and not more. */
const triesOf = ({ maxRetries }: { readonly maxRetries: number | undefined }): number => 1 + (maxRetries ?? 2) + 4;

describe('laws of the attempt', () => {
  it('whatever is answered, whoever leaves: each request one row, calls bounded, every place given back', () => {
    fc.assert(
      fc.property(
        world,
        ({ scripts, maxParallel, whenExhausted, strategy, requests, concurrency, hedgeMs, leaveMs, random }) => {
          inVirtualTime(({ flush }) => {
            const fakes = scripts.map((script) => fakeProvider((_, call) => script[call % script.length]!));
            let draws = 0;
            const router = createRouter({
              ...virtualTime,
              random: () => random[draws++ % random.length]!,
              health: { whenExhausted },
              strategy,
              maxThrottles: 4,
              hedge: hedgeMs === undefined ? undefined : { afterMs: hedgeMs },
              experimental: ['hedge'],
              timeouts: { attemptMs: 1000 },
              deployments: fakes.map((fake) => ({ group: 'g', ...fake, maxParallel })),
            });
            const rows: number[] = [];
            const wrong: unknown[] = [];
            const ends: string[] = [];
            let run = Subscription.EMPTY;
            if (leaveMs !== undefined) {
              timer(leaveMs).subscribe(() => {
                run.unsubscribe();
                const { waiting, deployments } = router.snapshot();
                if (waiting + deployments.reduce((sum, { inFlight }) => sum + inFlight, 0) > 0) wrong.push('not clean');
              });
            }
            run = router
              .parallel$(
                requests.map(({ priority, maxRetries, untilMs, queueMs, totalMs }) => ({
                  messages: [{ role: 'user', content: 'hello' }] as const,
                  routing: {
                    priority,
                    maxRetries,
                    timeouts: { queueMs, totalMs },
                    until: untilMs === undefined ? undefined : timer(untilMs),
                  },
                })),
                { concurrency },
              )
              .subscribe({
                next: ({ index, attempts, outcome, timing }) => {
                  rows.push(index);
                  const { totalMs } = requests[index]!;
                  const tries = attempts.filter(({ hedge }) => hedge === undefined);
                  if (tries.length > triesOf(requests[index]!)) wrong.push(['tries', tries.length]);
                  if (attempts.length > tries.length * (hedgeMs === undefined ? 1 : 2)) wrong.push(attempts);
                  if (timing.elapsedMs > (totalMs ?? Infinity)) wrong.push(['late', timing.elapsedMs, totalMs]);
                  const successes = attempts.filter(({ ended }) => ended === 'ok').length;
                  if (successes !== (outcome._tag === 'Right' ? 1 : 0)) wrong.push(['end', attempts]);
                  if (outcome._tag === 'Left' && outcome.left.attempts.length !== attempts.length) wrong.push(attempts);
                },
                error: (error: unknown) => wrong.push(error),
                complete: () => ends.push('end'),
              });
            flush();
            expect(wrong).toEqual([]);
            const isWhole = ends.length > 0;
            expect(isWhole || leaveMs !== undefined).toBe(true);
            expect(new Set(rows).size).toBe(rows.length);
            expect(rows.length === requests.length || !isWhole).toBe(true);
            const { waiting, deployments } = router.snapshot();
            expect([waiting, ...deployments.map(({ inFlight }) => inFlight)]).toEqual([0, ...fakes.map(() => 0)]);
            expect(deployments.map(({ calls }) => calls)).toEqual(fakes.map(({ calls }) => calls.length));
            expect(deployments.map(({ health }) => health)).not.toContain('probing');
            expect(fakes.flatMap(({ calls }) => calls.map(({ ended: how }) => how))).not.toContain(undefined);
          });
        },
      ),
      { numRuns: 150 },
    );
  });
});
