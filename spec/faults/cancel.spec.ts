import { find, Subject } from 'rxjs';
import type { RouterConfig } from '../../lib/config/router-config';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { simulateProviders, type SimulatedProviders, type SimulationOptions } from '../../lib/testing/index';
import { pause } from '../support/pause';
import { until } from '../support/until';

const prompts = (n: number): string[] => Array.from({ length: n }, (_, i) => `Name fruit number ${String(i)}`);
function* endlessPrompts(): Generator<string> {
  for (let i = 0; ; i++) yield `Name fruit number ${String(i)}`;
}
const timersLeft = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('unsubscribing over HTTP', () => {
  let provider: SimulatedProviders;
  let router: FanoutRouter;

  beforeEach(async () => {
    provider = await simulateProviders({ seed: 7, latency: { p50Ms: 5000, p99Ms: 6000 } });
    const baseURL = `${provider.url}/v1`;
    router = createRouter({ deployments: [{ group: 'http', provider: openAICompatible({ baseURL, model: 'm' }) }] });
  });
  afterEach(async () => {
    router.close();
    await provider.close();
  });

  it('with 64 in flight: no socket, no timer and no later request within 100 ms', async () => {
    const timers = timersLeft();
    const run = router.parallel$(prompts(1000), { concurrency: 64 }).subscribe();
    await until('64 are in flight', () => provider.stats().inFlight === 64);
    run.unsubscribe();
    await until(
      'the server has no open call',
      () => provider.stats().inFlight === 0 && provider.stats().openSockets === 0,
    );
    await pause(100);
    expect(provider.stats()).toMatchObject({ requests: 64, inFlight: 0, openSockets: 0, aborted: 64 });
    expect(timersLeft()).toBeLessThanOrEqual(timers);
    expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0, aborted: 64 }] });
  });

  it('with a place for 4 and 60 waiting: no later request', async () => {
    const baseURL = `${provider.url}/v1`;
    router.close();
    router = createRouter({
      deployments: [{ group: 'http', provider: openAICompatible({ baseURL, model: 'm' }), maxParallel: 4 }],
    });
    const run = router.parallel$(prompts(100), { concurrency: 64 }).subscribe();
    await until('4 are in flight', () => provider.stats().inFlight === 4);
    run.unsubscribe();
    await until('none is open', () => provider.stats().openSockets === 0);
    await pause(100);
    expect(provider.stats()).toMatchObject({ requests: 4, aborted: 4 });
    expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0 }] });
  });

  it('by a signal: one listener, gone afterwards, for 10 000 requests', async () => {
    const controller = new AbortController();
    const listeners = jest.spyOn(controller.signal, 'addEventListener');
    const removed = jest.spyOn(controller.signal, 'removeEventListener');
    const ended = new Promise((resolve) => {
      router.parallel$(prompts(10_000), { concurrency: 64, signal: controller.signal }).subscribe({ error: resolve });
    });
    await until('64 are in flight', () => provider.stats().inFlight === 64);
    controller.abort('enough');
    expect(await ended).toBe('enough');
    await until('no call is open', () => provider.stats().inFlight === 0);
    expect(provider.stats().requests).toBe(64);
    expect(listeners).toHaveBeenCalledTimes(1);
    expect(removed).toHaveBeenCalledTimes(1);
  });

  it('of one request by its until destroys its socket and no other', async () => {
    const stop = new Subject<void>();
    const request = { messages: [{ role: 'user', content: 'hello' }], routing: { until: stop } } as const;
    const run = router.parallel$([request, ...prompts(3)]).subscribe();
    await until('4 are in flight', () => provider.stats().inFlight === 4);
    stop.next();
    await until('3 are in flight', () => provider.stats().inFlight === 3);
    await until('its socket is closed', () => provider.stats().openSockets === 3);
    expect(provider.stats()).toMatchObject({ aborted: 1, inFlight: 3 });
    run.unsubscribe();
  });
});

describe('unsubscribing over HTTP at any moment', () => {
  let provider: SimulatedProviders;
  let router: FanoutRouter;
  let timers: number;

  async function start(faults: SimulationOptions, config: (baseURL: string) => RouterConfig): Promise<void> {
    provider = await simulateProviders(faults);
    router = createRouter(config(`${provider.url}/v1`));
    timers = timersLeft();
  }
  async function nothingComesLater(): Promise<void> {
    await pause(50); // what was on its way arrives
    await until('no call is open', () => provider.stats().inFlight === 0);
    const { requests } = provider.stats();
    await pause(100);
    expect(provider.stats().requests).toBe(requests);
  }
  afterEach(async () => {
    router.close();
    await provider.close();
  });

  it('nothing stays behind', async () => {
    await start(
      {
        seed: 11,
        latency: { p50Ms: 4, p99Ms: 20 },
        rateLimit: { rps: 2000, burst: 8 },
        faults: { status: { 500: 0.1 }, reset: 0.1, malformed: 0.05 },
      },
      (baseURL) => ({
        deployments: [{ group: 'http', provider: openAICompatible({ baseURL, model: 'm' }), maxParallel: 6 }],
      }),
    );
    for (let moment = 0; moment < 40; moment++) {
      const run = router.parallel$(prompts(200), { concurrency: 12 }).subscribe();
      if (moment % 2 === 0) await pause(moment / 2);
      else for (let turn = 0; turn < moment; turn++) await new Promise(setImmediate);
      run.unsubscribe();
      expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0 }] });
    }
    await nothingComesLater();
  });

  const failing = { status: { 500: 0.2, 429: 0.1 }, reset: 0.1, stall: 0.05 };
  // Each run is fed until what it is about has happened, however long that takes.
  it.each([
    ['limit-waited', 24, failing],
    ['throttled', 24, failing],
    ['retry-scheduled', 24, failing],
    ['fallback-taken', 24, failing],
    ['hedge-sent', 3, { stall: 0.2 }], // a second call is made where nobody waits and nothing cools down
  ] as const)(
    'soon after %s, with all limits and a budget: nothing stays behind',
    async (type, concurrency, faults) => {
      await start({ seed: 13, latency: { p50Ms: 5, p99Ms: 60 }, faults }, (baseURL) => {
        const at = (model: string) => ({
          provider: openAICompatible({ baseURL, model }),
          price: { input: 1, output: 1 },
        });
        return {
          deployments: [
            { group: 'cheap', ...at('a'), rpm: 30_000, maxParallel: 4 },
            { group: 'cheap', ...at('b'), tpm: 4_000_000, quota: 'account' },
            { group: 'strong', ...at('c'), quota: 'account' },
          ],
          quotas: { account: { rpm: 60_000, maxParallel: 5 } },
          defaultModel: 'cheap',
          fallbacks: { cheap: ['strong'] },
          maxRetries: 1,
          timeouts: { totalMs: 1000, attemptMs: 200 },
          budget: { usd: 100 },
          hedge: { afterMs: 8, maxExtra: 1 },
          experimental: ['hedge'],
        };
      });
      for (let moment = 0; moment < 12; moment++) {
        const happened = new Promise((resolve) => {
          router.events$.pipe(find((event) => event.type === type)).subscribe(resolve);
        });
        const run = router.parallel$(endlessPrompts(), { concurrency, budget: { requests: 100_000 } }).subscribe();
        await happened;
        for (let turn = 0; turn < moment; turn++) await new Promise(setImmediate);
        run.unsubscribe();
        const { deployments, quotas, waiting, budget } = router.snapshot();
        expect([waiting, ...[...deployments, ...quotas].map(({ inFlight }) => inFlight)]).toEqual([0, 0, 0, 0, 0]);
        expect(budget?.reserved).toEqual({ usd: 0, tokens: 0, requests: 0 });
      }
      await nothingComesLater();
      await until('no timer is left', () => timersLeft() <= timers, 500); // the simulation's may be late; one of a run would take a second
      router.close();
      await until('no socket is open', () => provider.stats().openSockets === 0);
    },
  );
});

describe('close()', () => {
  let provider: SimulatedProviders;
  let router: FanoutRouter;

  beforeEach(async () => {
    provider = await simulateProviders({ latency: { p50Ms: 200, p99Ms: 300 } });
    const baseURL = `${provider.url}/v1`;
    router = createRouter({ deployments: [{ group: 'http', provider: openAICompatible({ baseURL, model: 'm' }) }] });
  });
  afterEach(async () => {
    router.close();
    await provider.close();
  });

  it('closes idle sockets; a call in flight ends by itself', async () => {
    const outcomes: string[] = [];
    router.parallel$(prompts(3)).subscribe(({ outcome }) => outcomes.push(outcome._tag));
    await until('the calls are in flight', () => provider.stats().inFlight === 3);
    router.close();
    await until('all have ended', () => outcomes.length === 3);
    expect(outcomes).toEqual(['Right', 'Right', 'Right']);
    await until('no socket is open', () => provider.stats().openSockets === 0);
  });

  it('is not needed for nothing to be open: a router opens and starts nothing', () => {
    const before = process.getActiveResourcesInfo().sort();
    const another = createRouter({
      deployments: [{ group: 'http', provider: openAICompatible({ baseURL: `${provider.url}/v1`, model: 'm' }) }],
    });
    const made = [
      another.parallel$(prompts(3)),
      another.gather$(prompts(3)),
      another.result$('hello'),
      another.events$,
    ];
    expect(made).toHaveLength(4);
    expect(process.getActiveResourcesInfo().sort()).toEqual(before);
    another.close();
  });
});
