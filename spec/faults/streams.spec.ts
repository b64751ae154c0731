import {
  map,
  mergeMap,
  NEVER,
  type Observable,
  of,
  race,
  retry,
  share,
  Subject,
  switchMap,
  take,
  takeUntil,
  tap,
  timeout,
  timer,
} from 'rxjs';
import type { RouterEvent } from '../../lib/domain/router-event';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import { createRouter, type FanoutRouter } from '../../lib/router';
import type { RouterConfig } from '../../lib/config/router-config';
import { toAsyncIterable } from '../../lib/rx/to-async-iterable';
import { simulateProviders, type SimulatedProviders, type SimulationOptions } from '../../lib/testing/index';
import { allOf } from '../support/all-of';
import { closing } from '../support/closing';
import { eventStream } from '../support/event-stream';
import { heard } from '../support/heard';
import { inSteps } from '../support/in-steps';
import { pause } from '../support/pause';
import { scriptedServer } from '../support/scripted-server';
import { until } from '../support/until';

const prompts = (n: number): string[] => Array.from({ length: n }, (_, i) => `Name fruit number ${String(i)}`);
const streamed = (prompt: string) => ({ messages: [{ role: 'user', content: prompt }], stream: true }) as const;
const timersLeft = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
const routerTo = (url: string, config: Partial<RouterConfig> = {}, maxParallel?: number): FanoutRouter =>
  createRouter({
    deployments: [{ group: 'g', provider: openAICompatible({ baseURL: `${url}/v1`, model: 'm' }), maxParallel }],
    ...config,
  });

const ways: readonly (readonly [name: string, run: (router: FanoutRouter) => Observable<unknown>])[] = [
  ['stream$', (router) => router.stream$('Name a fruit')],
  ['parallelStream$', (router) => router.parallelStream$(prompts(60), { concurrency: 9 })],
  ['parallel$ with stream: true', (router) => router.parallel$(prompts(60).map(streamed), { concurrency: 9 })],
];

describe.each(ways)('leaving %s over HTTP', (_, run) => {
  let provider: SimulatedProviders;
  let router: FanoutRouter;
  const start = async (options: SimulationOptions): Promise<void> => {
    provider = await simulateProviders({ seed: 5, ...options });
    const timeouts = { chunkMs: 60_000, firstChunkMs: 60_000 }; // timers, which never go off
    router = routerTo(provider.url, { timeouts, health: { cooldownMs: 0 } }, 5);
  };
  const isQuiet = (): boolean => provider.stats().inFlight === 0;
  const isClean = { waiting: 0, deployments: [{ inFlight: 0 }] };

  afterEach(async () => {
    router.close();
    await provider.close();
  });

  it('at 70 points of time: the server sees it at once, and nothing follows', async () => {
    await start({
      latency: { p50Ms: 3, p99Ms: 9, perTokenMs: 0.2 },
      faults: { status: { 500: 0.05, 429: 0.05 }, reset: 0.05, cut: 0.1, stallMidStream: 0.1, errorEvent: 0.1 },
    });
    let sent = 0;
    router.events$.subscribe(({ type }) => {
      if (type === 'attempt-started') sent++;
    });
    for (let point = 0; point < 70; point++) {
      const left$ = new Subject<void>();
      let late = 0;
      let hasLeft = false;
      let seen = 0;
      const leave = (): void => {
        hasLeft = true;
        left$.next();
      };
      const noted = tap(() => {
        seen++;
        if (hasLeft) late++;
        if (point % 3 === 0 && seen === point / 3) leave();
      });
      const before = provider.stats().requests;
      run(router)
        .pipe(takeUntil(left$), noted, takeUntil(left$))
        .subscribe({ error: () => undefined });
      if (point % 3 === 1) {
        await until('a call has come', () => provider.stats().requests > before);
        await pause(point % 20);
      } else for (let turn = 0; turn < (point * 7) % 40; turn++) await new Promise(setImmediate);
      leave();
      const sentThen = sent;
      expect(router.snapshot()).toMatchObject(isClean);
      await until('the server has no open call', isQuiet, 300); // mostly 2 ms; the machine may have other work
      expect([late, sent]).toEqual([0, sentThen]);
    }
    await pause(50); // what was on its way arrives
    await until('the server has no open call', isQuiet, 300);
    const { requests } = provider.stats();
    await pause(100);
    expect(provider.stats().requests).toBe(requests);
  });

  it('leaves no timer', async () => {
    await start({ latency: { p50Ms: 5, p99Ms: 6, perTokenMs: 1000 } });
    const timers = timersLeft();
    const running = run(router).subscribe();
    await until('a call is in flight', () => provider.stats().inFlight > 0);
    await pause(20);
    running.unsubscribe();
    await until('the server has no open call', () => isQuiet() && provider.stats().openSockets === 0, 300);
    await until('the timers are gone', () => timersLeft() <= timers, 3000); // undici's own go by once a second
    expect(timersLeft()).toBeLessThanOrEqual(timers);
  });

  it.each<[string, (source$: Observable<unknown>) => Observable<unknown>]>([
    ['take(1)', take(1)],
    ['race', (source$) => race(source$.pipe(map(() => NEVER)), timer(10)).pipe(take(1))],
    ['switchMap', (source$) => of(1, 2).pipe(switchMap((n) => (n === 1 ? source$ : timer(5))))],
    ['timeout', (source$) => source$.pipe(timeout({ first: 1, with: () => timer(1) }))],
    [
      'retry',
      (source$) =>
        source$.pipe(
          mergeMap(() => Promise.reject(new Error('no'))),
          retry(2),
        ),
    ],
    ['share', (source$) => source$.pipe(share(), take(1))],
  ])('by %s closes what is open', async (_name, operator) => {
    await start({ latency: { p50Ms: 3, p99Ms: 5, perTokenMs: 1 } });
    await allOf(operator(run(router))).catch(() => undefined);
    expect(router.snapshot()).toMatchObject(isClean);
    await pause(20); // what was on its way arrives
    await until('the server has no open call', isQuiet, 300);
    const { requests } = provider.stats();
    await pause(60);
    expect(provider.stats().requests).toBe(requests);
  });
});

describe('many streams over HTTP, with every fault', () => {
  const opened = closing();

  it.each([
    [8, undefined],
    [16, 3],
  ])(
    'keep to concurrency %s and maxParallel %s, and give each request one result',
    async (concurrency, maxParallel) => {
      const faults = {
        cut: 0.08,
        stallMidStream: 0.04,
        errorEvent: 0.08,
        noEnd: 0.08,
        malformed: 0.08,
        splitUtf8: 0.08,
      };
      const provider = opened(
        await simulateProviders({
          seed: 3,
          latency: { p50Ms: 2, p99Ms: 6 },
          faults: { ...faults, status: { 500: 0.05, 429: 0.05 } },
        }),
      );
      const config = { onStreamBreak: 'restart', maxRetries: 3, timeouts: { chunkMs: 60 } } as const;
      const router = opened(routerTo(provider.url, config, maxParallel));
      const happened: RouterEvent[] = [];
      router.events$.subscribe((event) => happened.push(event));
      const run$ = router.parallelStream$(prompts(60), { concurrency });
      const events = await inSteps(20_000, () => allOf(run$));
      const results = events.flatMap((event) => (event.type === 'result' ? [event.result] : []));
      expect(results.map(({ index }) => index).sort((a, b) => a - b)).toEqual(prompts(60).map((_, index) => index));
      for (const { index, outcome } of results) {
        const own = events.filter((event) => event.index === index);
        const since = own.slice(own.map(({ type }) => type).lastIndexOf('restart') + 1);
        const said = since
          .map((event) => (event.type === 'chunk' ? (event.chunk.choices[0]?.delta.content ?? '') : ''))
          .join('');
        const told = outcome._tag === 'Right' ? outcome.right.choices[0].message.content : (outcome.left.partial ?? '');
        expect(told).toBe(said);
      }
      const calls = results.reduce((sum, { attempts }) => sum + attempts.length, 0);
      expect(calls).toBe(provider.stats().requests);
      expect(happened.filter(({ type }) => type === 'attempt-started')).toHaveLength(calls);
      expect(provider.stats().maxInFlight).toBeLessThanOrEqual(Math.min(concurrency, maxParallel ?? Infinity));
      expect(results.filter(({ outcome }) => outcome._tag === 'Right').length).toBeGreaterThan(30);
      expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0 }] });
    },
  );
});

describe('a reader of several streams over HTTP', () => {
  const opened = closing();
  const event = (content: string) => `data: {"choices":[{"index":0,"delta":{"content":"${content}"}}]}\n\n`;
  const end = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

  it('hears the others while one is slow to come, and closes all when he leaves', async () => {
    const server = opened(
      await scriptedServer((socket, { body }) => {
        if (!body.includes('slow')) socket.write(eventStream([...Array<string>(2000).fill(event('a')), end]));
      }),
    );
    const router = opened(routerTo(server.url));
    const ended: number[] = [];
    let chunks = 0;
    const run$ = router.parallelStream$(['one', 'slow', 'two'], { concurrency: 3 });
    for await (const { type, index } of toAsyncIterable(run$)) {
      if (type === 'chunk') chunks++;
      if (chunks % 100 === 0) await pause(1);
      if (type === 'result') ended.push(index);
      if (ended.length === 2) break;
    }
    expect([chunks, [...ended].sort()]).toEqual([4002, [0, 2]]);
    expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0 }] });
    router.close();
    await until('every socket is closed', () => server.openSockets() === 0, 300);
    expect(server.requests).toHaveLength(3);
  });

  it('is told of a failure once, after the chunks that came before it', async () => {
    const server = opened(
      await scriptedServer((socket) => {
        socket.end(eventStream([event('a'), event('b')], { isWhole: false }));
      }),
    );
    const router = opened(routerTo(server.url));
    const reader = toAsyncIterable(router.stream$('hello'))[Symbol.asyncIterator]();
    const words = [await reader.next(), await reader.next()].map(({ value }) => value && heard(value));
    expect(words).toEqual(['a', 'b']);
    await expect(reader.next()).rejects.toMatchObject({ _tag: 'Connection', partial: 'ab', attempts: [{}] });
    expect(await reader.next()).toEqual({ value: undefined, done: true });
    expect(server.requests).toHaveLength(1);
  });
});
