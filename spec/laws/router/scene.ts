import fc from 'fast-check';
import type { FakeReply } from '../../../lib/testing/index';

/** Absent but for one in so many. */
const maybe = <A>(oneIn: number, arbitrary: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const upTo = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });

const refusal = (status: number, code: string): FakeReply => ({ status, body: { error: { code, message: code } } });

const success = fc.constantFrom<FakeReply>({ text: 'ok' }, { chunks: ['a', 'b', 'c'], everyMs: 30 });
const failure = fc.constantFrom<FakeReply>(
  { chunks: ['a', 'b'], everyMs: 900, fail: 'cut' },
  { chunks: ['a', 'b'], everyMs: 5, fail: 'hang' },
  { chunks: [], fail: 'reset' },
  { status: 429 },
  { status: 429, headers: { 'retry-after': '2' } },
  { status: 429, headers: { 'retry-after': '90' } },
  refusal(429, 'insufficient_quota'),
  { status: 529 },
  { status: 500 },
  { status: 401 },
  { status: 400 },
  { status: 200 },
  refusal(400, 'context_length_exceeded'),
  refusal(400, 'content_policy_violation'),
  { fail: 'reset' },
  { fail: 'cut' },
  { fail: 'hang' },
);

/** How one call is answered. */
const reply: fc.Arbitrary<FakeReply> = fc
  .record({ afterMs: fc.constantFrom(0, 1, 40, 250, 250, 900, 5000, 70_000), kind: fc.oneof(success, failure) })
  .map(({ afterMs, kind }) => ({ ...kind, afterMs }));

const tags = fc.constantFrom<readonly string[]>(['x'], ['x', 'y']);

const deployment = fc.record({
  script: fc.array(reply, { minLength: 1, maxLength: 8, size: 'max' }),
  rpm: maybe(3, upTo(30)),
  tpm: maybe(4, fc.integer({ min: 300, max: 2000 })),
  maxParallel: maybe(3, upTo(3)),
  sharesQuota: fc.nat(2).map((n) => n === 0),
  order: upTo(3),
  weight: maybe(3, fc.nat(3)),
  tags: maybe(3, tags),
  contextWindow: maybe(5, fc.integer({ min: 60, max: 200 })),
  price: fc.constantFrom({ input: 1, output: 2 }, { input: 10, output: 10 }),
  cooldownMs: maybe(4, fc.constantFrom(0, 1000)),
});

/** Groups that a scene may have; not all of them are there. */
export const names = ['a', 'b', 'c'] as const;
const name = fc.constantFrom(...names);
const lists = fc.dictionary(fc.constantFrom(...names, '*'), fc.array(name, { maxLength: 3 }), { maxKeys: 3 });

const request = fc.record({
  model: name,
  words: upTo(30),
  longest: maybe(2, fc.integer({ min: 30, max: 80 })),
  stream: fc.boolean(),
  priority: maybe(3, fc.nat(9)),
  tags: maybe(6, tags),
  fallbacks: maybe(4, fc.oneof(fc.array(name, { maxLength: 3 }), fc.constant(false as const))),
  isForOne: fc.nat(9).map((n) => n === 0),
  maxRetries: maybe(4, fc.nat(3)),
  untilMs: maybe(12, fc.nat(5000)),
  queueMs: maybe(6, upTo(5000)),
  totalMs: maybe(5, upTo(30_000)),
});

const budget = maybe(
  4,
  fc.record({
    requests: maybe(2, upTo(60)),
    tokens: maybe(2, fc.integer({ min: 100, max: 5000 })),
    usd: maybe(2, fc.double({ min: 0.0005, max: 0.04, noNaN: true })),
  }),
);

/** When something is done: at a time (ms), or while one is told of an event, or given a row. */
const moment = fc.oneof(
  fc.record({ ms: fc.oneof(fc.nat(300), fc.nat(60_000)) }),
  fc.record({ event: fc.nat(50) }),
  fc.record({ row: fc.nat(20) }),
);

/** A router, a run, and all that happens to them: plain data, to be printed and shrunk. */
export const scene = fc.record({
  groups: fc.array(fc.array(deployment, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  router: fc.record({
    strategy: fc.constantFrom('simple-shuffle', 'least-busy', 'latency', 'usage', 'cost', 'priority-order'),
    maxRetries: fc.nat(3),
    retryPolicy: fc.constantFrom(undefined, { ServerError: 0, Timeout: 3 }),
    maxThrottles: fc.nat(4),
    throttleMs: fc.constantFrom(undefined, 3000),
    maxFallbacks: fc.nat(3),
    timeouts: fc.record({
      attemptMs: fc.constantFrom(undefined, 1000, 20_000),
      chunkMs: fc.constantFrom(undefined, 500),
      queueMs: maybe(4, fc.constant(4000)),
      totalMs: maybe(4, fc.constant(15_000)),
    }),
    health: fc.record({
      cooldownMs: fc.constantFrom(undefined, 0, 1000, 5000),
      allowedFails: fc.constantFrom<number | { tags: Record<string, number> } | undefined>(undefined, 0, 2, {
        tags: { ServerError: 1, RateLimited: 2 },
      }),
      whenExhausted: fc.constantFrom('wait' as const, 'fail' as const),
      on429: fc.constantFrom('learn' as const, 'cooldown' as const),
    }),
    budget,
    hedge: fc.constantFrom(
      undefined,
      undefined,
      { afterMs: 0, maxExtra: 1 },
      { afterMs: 100, maxExtra: 0 },
      { afterMs: 200 },
    ),
    onStreamBreak: fc.constantFrom('fail' as const, 'restart' as const, 'continue' as const),
  }),
  lists: fc.record({ fallbacks: lists, contextWindowFallbacks: lists, contentPolicyFallbacks: lists }),
  quota: fc.record({
    rpm: maybe(2, upTo(40)),
    tpm: maybe(3, fc.integer({ min: 300, max: 3000 })),
    maxParallel: maybe(2, upTo(4)),
  }),
  requests: fc.array(request, { minLength: 1, maxLength: 30, size: 'max' }),
  run: fc.record({
    concurrency: upTo(12),
    failFast: fc.nat(9).map((n) => n === 0),
    order: fc.constantFrom('completion' as const, 'input' as const),
    budget,
    asStreams: fc.boolean(),
    leftAt: maybe(3, moment),
  }),
  update: maybe(
    4,
    fc.record({
      at: moment,
      /** Limits and budgets are multiplied by it. */
      factor: fc.constantFrom(0.5, 1, 2),
      /** Deployments that are no more. */
      gone: fc.subarray(['a0', 'a1', 'b0', 'c0']),
      maxFallbacks: fc.nat(3),
    }),
  ),
  seed: fc.integer(),
});

export type Scene = typeof scene extends fc.Arbitrary<infer S> ? S : never;
