import fc from 'fast-check';
import { concatMap, config as rxjsConfig, count, first, lastValueFrom, map, of, Subject, takeUntil, timer } from 'rxjs';
import type { RouterConfig } from '../../lib/config/router-config';
import type { Timeouts } from '../../lib/domain/request';
import type { RouterEvent } from '../../lib/domain/router-event';
import type { StreamedEvent } from '../../lib/domain/streamed-event';
import { createRouter } from '../../lib/router';
import { toAsyncIterable } from '../../lib/rx/to-async-iterable';
import { fakeProvider, virtualTime, type FakeProvider, type FakeReply, type FakeScript } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { heard } from '../support/heard';
import { hundredfold } from '../support/hundredfold';
import { inVirtualTime } from '../support/in-virtual-time';
import { pause } from '../support/pause';
import { rowsOf } from '../support/rows-of';

const chunkOf = (delta: object, finish: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason: finish }],
});
const errorEvent = (type: string) => ({ error: { message: 'something went wrong', type, code: type } });

const piece = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<string | object>('a', 'b ', 'ü', '') },
  {
    weight: 3,
    arbitrary: fc.constantFrom<string | object>(
      chunkOf({ role: 'assistant', content: '' }),
      chunkOf({}),
      chunkOf({ reasoning: 'hm' }),
      { choices: [] },
      { choices: [{ index: 1, delta: { content: 'other' }, finish_reason: null }] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<string | object>(
      chunkOf({}, 'stop'),
      chunkOf({}, 'content_filter'),
      errorEvent('server_error'),
      errorEvent('rate_limit_exceeded'),
      { choices: [{ index: 999, delta: {} }] },
      { choices: 'none' },
    ),
  },
);
const reply: fc.Arbitrary<FakeReply> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      afterMs: fc.constantFrom(0, 0, 1, 300, 5000),
      chunks: fc.array(piece, { maxLength: 8 }),
      everyMs: fc.constantFrom(0, 1, 40, 900),
      fail: fc.constantFrom<'reset' | 'hang' | 'cut' | undefined>(undefined, undefined, 'reset', 'hang', 'cut'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        afterMs: fc.constantFrom(0, 3, 250),
        kind: fc.constantFrom<FakeReply>(
          { text: 'whole' },
          { status: 500 },
          { status: 429 },
          { status: 429, headers: { 'retry-after': '1' } },
          { status: 429, headers: { 'retry-after': '90' } },
          { status: 503, headers: { 'x-should-retry': 'false' } },
          { status: 400, headers: { 'x-should-retry': 'true' } },
          { status: 401 },
          { status: 200 },
          {
            status: 200,
            body: { choices: [{ message: { role: 'assistant', content: 'whole' }, finish_reason: 'stop' }] },
          },
          { fail: 'reset' },
          { fail: 'hang' },
        ),
      })
      .map(({ afterMs, kind }) => ({ ...kind, afterMs })),
  },
);
const sometimes = (most: number) => fc.option(fc.integer({ min: 0, max: most }), { nil: undefined });

const world = fc.record({
  scripts: fc.array(fc.array(reply, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 }),
  onStreamBreak: fc.constantFrom('fail', 'restart', 'continue'),
  hedgeMs: fc.constantFrom(undefined, 0, 20, 200),
  hasFallback: fc.boolean(),
  whenExhausted: fc.constantFrom<'wait' | 'fail'>('wait', 'fail'),
  maxParallel: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  concurrency: fc.integer({ min: 1, max: 8 }),
  requests: fc.array(fc.record({ untilMs: sometimes(3000), totalMs: sometimes(9000), maxRetries: sometimes(3) }), {
    minLength: 1,
    maxLength: 10,
  }),
  maxErrorRate: fc.option(fc.constant({ ratio: 0.3, minimum: 3 }), { nil: undefined }),
  stopTakingMs: sometimes(2000),
  leaveMs: sometimes(4000),
  leaveAt: sometimes(60),
  random: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 7 }),
});

const letters = { start: 's', chunk: 'c', restart: 'r', result: '=' } as const;
const isEnd = ({ type }: RouterEvent) => type !== 'attempt-started' && type.startsWith('attempt-');

/** What the chunks since the last restart say for the first choice, and whether there were any. */
function said(events: readonly StreamedEvent<unknown>[]): { readonly text: string; readonly isAny: boolean } {
  const since = events.slice(events.map(({ type }) => type).lastIndexOf('restart') + 1);
  const chunks = since.flatMap((event) => (event.type === 'chunk' ? [event.chunk] : []));
  const pieces = chunks.flatMap(({ choices }) => choices);
  const lowest = Math.min(...pieces.map(({ index }) => index));
  const text = pieces.map(({ index, delta }) => (index === lowest ? (delta.content ?? '') : '')).join('');
  return { text, isAny: chunks.length > 0 };
}

/** What is wrong with what was heard of one request that has its row. */
function complaints(events: readonly StreamedEvent<unknown>[], onStreamBreak: string): readonly unknown[] {
  const wrong: unknown[] = [];
  const order = events.map(({ type }) => letters[type]).join('');
  if (!/^s(c+(rc+)*)?=$/.test(order)) wrong.push(order);
  if (onStreamBreak !== 'restart' && order.includes('r')) wrong.push('a restart that nobody asked for');
  const last = events.at(-1);
  if (last?.type !== 'result') return [...wrong, 'no result'];
  const { outcome, attempts } = last.result;
  const { text, isAny } = said(events);
  const successes = attempts.filter(({ ended }) => ended === 'ok').length;
  if (successes !== (outcome._tag === 'Right' ? 1 : 0)) wrong.push(['end', outcome, attempts]);
  if (outcome._tag === 'Right') {
    const [first] = outcome.right.choices;
    if (!isAny || (first.message.content ?? '') !== text) wrong.push(['text', text, outcome.right.choices]);
  } else {
    if (isAny && outcome.left.partial !== text) wrong.push(['partial', text, outcome.left.partial]);
    if (!isAny && outcome.left.partial !== undefined) wrong.push(['nothing was said', outcome.left.partial]);
    if (outcome.left.attempts.length !== attempts.length) wrong.push(['attempts', outcome.left.attempts, attempts]);
  }
  return wrong;
}

/** The fake, with a body that is held back as a socket would be. */
function held({ provider, transport }: FakeProvider): Pick<FakeProvider, 'provider' | 'transport'> {
  return {
    provider,
    transport: (call, flow) =>
      transport(call).pipe(
        concatMap((reply) =>
          (flow?.paused$ ?? of(false)).pipe(
            first((isPaused) => !isPaused),
            map(() => reply),
          ),
        ),
      ),
  };
}

describe('laws of streams', () => {
  it('whatever comes, whoever leaves: start, chunks, result of each; what was said is the row; everything given back', () => {
    fc.assert(
      fc.property(world, ({ scripts, requests, random, leaveMs, leaveAt, stopTakingMs, ...options }) => {
        inVirtualTime(({ flush }) => {
          const { concurrency, hasFallback, hedgeMs, maxErrorRate, maxParallel, onStreamBreak, whenExhausted } =
            options;
          const groupOf = (i: number) => (hasFallback && i > 0 && i === scripts.length - 1 ? 'h' : 'g');
          const fakes = scripts.map((script) => fakeProvider((_, call) => script[call % script.length]!));
          let draws = 0;
          const router = createRouter({
            ...virtualTime,
            random: () => random[draws++ % random.length]!,
            onStreamBreak,
            health: { whenExhausted },
            maxThrottles: 4,
            timeouts: { attemptMs: 1000, chunkMs: 500 },
            hedge: hedgeMs === undefined ? undefined : { afterMs: hedgeMs, maxExtra: 0.5 },
            experimental: ['hedge'],
            defaultModel: 'g',
            fallbacks: hasFallback && scripts.length > 1 ? { g: ['h'] } : {},
            deployments: fakes.map((fake, i) => ({ group: groupOf(i), ...fake, maxParallel })),
          });
          const happened: RouterEvent[] = [];
          router.events$.subscribe((event) => happened.push(event));
          const [events, wrong, ends]: [StreamedEvent<unknown>[], unknown[], string[]] = [[], [], []];
          let callsThen: number | undefined;
          let most = 0;
          const left$ = new Subject<void>();
          const calls = () => fakes.reduce((sum, fake) => sum + fake.calls.length, 0);
          const leave = (): void => {
            callsThen = calls();
            left$.next();
          };
          if (leaveMs !== undefined) timer(leaveMs).subscribe(leave);
          const asked = requests.map(({ untilMs, totalMs, maxRetries }) => ({
            messages: [{ role: 'user', content: 'hello' }] as const,
            routing: {
              maxRetries,
              timeouts: totalMs === undefined ? undefined : { totalMs: totalMs + 1 },
              until: untilMs === undefined ? undefined : timer(untilMs),
            },
          }));
          const stopTaking = stopTakingMs === undefined ? undefined : timer(stopTakingMs);
          const run$ = router.parallelStream$(asked, { concurrency, maxErrorRate, stopTaking });
          run$.pipe(takeUntil(left$)).subscribe({
            next: (event) => {
              if (callsThen !== undefined) wrong.push('an event for who has left');
              events.push(event);
              const { deployments } = router.snapshot();
              most = Math.max(most, ...deployments.map(({ inFlight }) => inFlight));
              if (event.request !== asked[event.index]) wrong.push('another request');
              if (events.length === leaveAt) leave();
            },
            error: (error: unknown) => wrong.push(error),
            complete: () => ends.push('end'),
          });
          flush();

          const byIndex = asked.map((_, index) => events.filter((event) => event.index === index));
          const whole = byIndex.filter((its) => its.at(-1)?.type === 'result');
          expect([...wrong, ...whole.flatMap((its) => complaints(its, onStreamBreak))]).toEqual([]);
          const isCut = leaveMs !== undefined || leaveAt !== undefined;
          expect(ends.length === 1 || isCut).toBe(true);
          const isWhole = callsThen === undefined;
          const due = stopTakingMs === undefined ? byIndex : byIndex.filter((its) => its.length > 0);
          expect(isWhole ? whole.length : due.length).toBe(due.length);
          expect(calls()).toBe(callsThen ?? calls());
          expect(most).toBeLessThanOrEqual(Math.min(maxParallel ?? Infinity, concurrency));
          const { waiting, deployments } = router.snapshot();
          expect([waiting, ...deployments.map(({ inFlight }) => inFlight)]).toEqual([0, ...fakes.map(() => 0)]);
          expect(deployments.map((one) => one.calls)).toEqual(fakes.map((fake) => fake.calls.length));
          expect(fakes.flatMap((fake) => fake.calls.map(({ ended }) => ended))).not.toContain(undefined);
          expect(deployments.map(({ health }) => health)).not.toContain('probing');
          const keyOf = (event: RouterEvent) => 'attempt' in event && `${String(event.index)}/${String(event.attempt)}`;
          const started = happened.filter(({ type }) => type === 'attempt-started').map(keyOf);
          expect(new Set(started).size).toBe(started.length);
          expect(happened.filter(isEnd).map(keyOf).sort()).toEqual([...started].sort());
        });
      }),
      { numRuns: 200 },
    );
  });

  it('whenever the reader pauses: no chunk is lost, told twice or out of its order', async () => {
    const worlds = fc.record({
      lengths: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 }),
      concurrency: fc.integer({ min: 1, max: 4 }),
      everyMs: fc.constantFrom(undefined, 1),
      pauses: fc.array(fc.constantFrom(0, 0, 0, 0, 1, 2), { minLength: 1, maxLength: 40 }),
    });
    const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));
    await fc.assert(
      fc.asyncProperty(worlds, async ({ lengths, concurrency, everyMs, pauses }) => {
        const wordsOf = (length: number) => Array.from({ length }, (_, place) => `${String(place)} `);
        const fake = fakeProvider(({ messages }) => {
          const chunks = wordsOf(Number(messages[0]?.content));
          return { chunks, everyMs: chunks.length < 20 ? everyMs : undefined };
        });
        const router = createRouter({ deployments: [{ group: 'fake', ...held(fake) }] });
        const read: string[][] = lengths.map(() => []);
        let count = 0;
        for await (const event of toAsyncIterable(router.parallelStream$(lengths.map(String), { concurrency }))) {
          if (event.type === 'chunk') read[event.index]?.push(heard(event.chunk));
          for (let left = pauses[count++ % pauses.length] ?? 0; left > 0; left--) await turn();
        }
        expect(read).toEqual(lengths.map((length) => [...wordsOf(length), '.stop', 'u']));
        expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0 }] });
      }),
      { numRuns: 25 },
    );
  });
});

const hello = [{ messages: [{ role: 'user', content: 'hello' }], stream: true }] as const;
const ping = chunkOf({});

/** How one request ends that is answered like this: the word for its row, and its calls. */
function endOf(script: FakeScript, config: Partial<RouterConfig>): readonly [string | undefined, readonly string[]] {
  const router = createRouter({ ...virtualTime, ...config, deployments: [{ group: 'g', ...fakeProvider(script) }] });
  const rows = rowsOf(() => router.parallel$(hello));
  return [rows.map(brief)[0], rows.flatMap(({ attempts }) => attempts.map(({ ended }) => ended))];
}

describe('the boundaries of clocks', () => {
  const once = { maxRetries: 0 };
  const after = (afterMs: number): FakeScript => [{ afterMs, chunks: ['a'] }];
  const between = (everyMs: number): FakeScript => [{ chunks: ['a', 'b'], everyMs }];
  const pinged = (everyMs: number): FakeScript => [{ chunks: [ping, ping, 'a'], everyMs }];
  const spoken = (everyMs: number): FakeScript => [{ chunks: ['a', ping, 'b'], everyMs }];

  it.each<[string, Timeouts, (ms: number) => FakeScript, number, string, string]>([
    ['firstChunkMs', { firstChunkMs: 10 }, after, 10, 'a', '!Timeout firstChunk'],
    ['attemptMs', { attemptMs: 10 }, after, 10, 'a', '!Timeout firstChunk'],
    ['firstChunkMs, with pings', { firstChunkMs: 10 }, pinged, 5, 'a', '!Timeout firstChunk'],
    ['chunkMs', { chunkMs: 10 }, between, 10, 'ab', '!Timeout chunk'],
    ['chunkMs, with chunks without content', { chunkMs: 10 }, spoken, 10, 'ab', '!Timeout chunk'],
    ['totalMs', { totalMs: 10 }, between, 10, 'ab', '!Timeout total'],
    ['totalMs, before content', { totalMs: 10 }, after, 10, 'a', '!Timeout total'],
  ])('%s: just before it is in time, at it and just after it is late', (_, timeouts, script, ms, whole, late) => {
    const ends = [ms - 1, ms, ms + 1].map((at) => endOf(script(at), { ...once, timeouts })[0]);
    expect(ends).toEqual([whole, late, late]);
  });
});

describe('what is said instead of a stream, or in it before content', () => {
  const rateLimited = errorEvent('rate_limit_exceeded');

  it.each<[string, FakeReply, readonly string[]]>([
    ['a 429', { status: 429 }, ['throttled', 'ok']],
    ['a 429 with a hint', { status: 429, headers: { 'retry-after': '2' } }, ['throttled', 'ok']],
    ['a rate limit told by an event', { chunks: [ping, rateLimited] }, ['throttled', 'ok']],
    ['a failure told by an event', { chunks: [ping, errorEvent('server_error')] }, ['failed', 'ok']],
    ['a 500', { status: 500 }, ['failed', 'ok']],
    ['a 400 that should be retried', { status: 400, headers: { 'x-should-retry': 'true' } }, ['failed', 'ok']],
  ])('%s is followed by another try', (_, reply, ended) => {
    expect(endOf([reply, { chunks: ['a'] }], {})).toEqual(['a', ended]);
  });

  it.each<[string, FakeReply, string]>([
    ['a 500 that should not', { status: 500, headers: { 'x-should-retry': 'false' } }, '!ServerError'],
    ['a 429 that should not', { status: 429, headers: { 'x-should-retry': 'false' } }, '!RateLimited'],
    ['a 400', { status: 400 }, '!BadRequest'],
  ])('%s is the last', (_, reply, word) => {
    expect(endOf([reply, { chunks: ['a'] }], {})[0]).toBe(word);
  });

  it('teaches how many streams a deployment can take', () => {
    const fake = fakeProvider((_, call) =>
      call === 9 ? { chunks: [rateLimited] } : { chunks: ['a', 'b'], everyMs: 10 },
    );
    const router = createRouter({ ...virtualTime, deployments: [{ group: 'g', ...fake }] });
    const results = rowsOf(() => router.parallelStream$(Array<string>(10).fill('hello'), { concurrency: 10 }));
    expect(results.filter(({ type }) => type === 'result')).toHaveLength(10);
    expect(router.snapshot().deployments[0]).toMatchObject({ learnedParallel: 7, inFlight: 0, throttled: 1 });
  });

  it('a stream that succeeds as a probe brings a deployment back', () => {
    const [bad, good] = [
      fakeProvider([{ status: 401 }, { chunks: ['b'] }]),
      fakeProvider([{ afterMs: 9000, chunks: ['g'] }]),
    ];
    const deployments = [bad, good].map((fake) => ({ group: 'g', ...fake, maxParallel: 1 }));
    const router = createRouter({ ...virtualTime, deployments });
    const told: string[] = [];
    router.events$.subscribe(({ type }) => told.push(type));
    const rows = rowsOf(() => router.parallel$([hello[0], hello[0]]));
    expect(rows.map(brief)).toEqual(['b', 'g']);
    expect(told.filter((type) => type.startsWith('cooldown'))).toEqual(['cooldown-entered', 'cooldown-left']);
    expect(router.snapshot().deployments.map(({ health }) => health)).toEqual(['open', 'open']);
  });
});

describe('a subscriber that throws', () => {
  afterEach(() => {
    rxjsConfig.onUnhandledError = null;
  });

  it('is told so once, and hears all else', async () => {
    const surfaced: unknown[] = [];
    rxjsConfig.onUnhandledError = (error) => surfaced.push(error);
    const router = createRouter({
      deployments: [{ group: 'g', ...fakeProvider([{ chunks: ['a', 'b'], everyMs: 1 }]) }],
    });
    const heardAll: string[] = [];
    await new Promise<void>((resolve) => {
      router.parallelStream$(['x', 'y']).subscribe({
        next: (event) => {
          heardAll.push(`${String(event.index)}${event.type}`);
          if (heardAll.length === 3) throw new Error('a fault of the subscriber');
        },
        complete: resolve,
      });
    });
    await pause(5);
    expect(surfaced).toEqual([new Error('a fault of the subscriber')]);
    expect(heardAll.filter((event) => event.startsWith('0'))).toHaveLength(6);
    expect(heardAll.filter((event) => event.startsWith('1'))).toHaveLength(6);
    expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0 }] });
  });
});

describe('many streams', () => {
  it('cost the same each, the more there are', async () => {
    const run = async (n: number): Promise<void> => {
      const router = createRouter({ deployments: [{ group: 'g', ...fakeProvider([{ chunks: ['a', 'b', 'c'] }]) }] });
      const events = await lastValueFrom(router.parallelStream$(Array<string>(n).fill('hello')).pipe(count()), {
        defaultValue: 0,
      });
      expect(events).toBe(n * 7);
    };
    expect(await hundredfold(50, run)).toBeLessThan(1000);
  });
});
