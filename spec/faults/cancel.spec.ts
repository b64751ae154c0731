import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Subject } from 'rxjs';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { simulateProviders, type SimulatedProviders } from '../../lib/testing/index';
import { pause } from '../support/pause';
import { until } from '../support/until';

const prompts = (n: number): string[] => Array.from({ length: n }, (_, i) => `Name fruit number ${String(i)}`);
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
    const narrow = createRouter({
      deployments: [{ group: 'http', provider: openAICompatible({ baseURL, model: 'm' }), maxParallel: 4 }],
    });
    const run = narrow.parallel$(prompts(100), { concurrency: 64 }).subscribe();
    await until('4 are in flight', () => provider.stats().inFlight === 4);
    run.unsubscribe();
    await until('none is open', () => provider.stats().openSockets === 0);
    await pause(100);
    expect(provider.stats()).toMatchObject({ requests: 4, aborted: 4 });
    expect(narrow.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0 }] });
    narrow.close();
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

  it('at any moment: nothing stays behind', async () => {
    const quick = await simulateProviders({
      seed: 11,
      latency: { p50Ms: 4, p99Ms: 20 },
      rateLimit: { rps: 2000, burst: 8 },
      faults: { status: { 500: 0.1 }, reset: 0.1, malformed: 0.05 },
    });
    const made = createRouter({
      deployments: [
        { group: 'http', provider: openAICompatible({ baseURL: `${quick.url}/v1`, model: 'm' }), maxParallel: 6 },
      ],
    });
    for (let moment = 0; moment < 40; moment++) {
      const run = made.parallel$(prompts(200), { concurrency: 12 }).subscribe();
      if (moment % 2 === 0) await pause(moment / 2);
      else for (let turn = 0; turn < moment; turn++) await new Promise(setImmediate);
      run.unsubscribe();
      expect(made.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0 }] });
    }
    await pause(50); // what was on its way arrives
    await until('no call is open', () => quick.stats().inFlight === 0);
    const { requests } = quick.stats();
    await pause(100);
    expect(quick.stats().requests).toBe(requests);
    made.close();
    await quick.close();
  });

  it('at any moment, with limits, a budget, fallbacks and second calls: nothing stays behind', async () => {
    const quick = await simulateProviders({
      seed: 13,
      latency: { p50Ms: 5, p99Ms: 60 },
      faults: { status: { 500: 0.2, 429: 0.1 }, reset: 0.1, stall: 0.05 },
    });
    const at = (model: string) => ({
      provider: openAICompatible({ baseURL: `${quick.url}/v1`, model }),
      price: { input: 1, output: 1 },
    });
    const made = createRouter({
      deployments: [
        { group: 'cheap', ...at('a'), rpm: 3000, maxParallel: 4 },
        { group: 'cheap', ...at('b'), tpm: 400_000, quota: 'account' },
        { group: 'strong', ...at('c'), quota: 'account' },
      ],
      quotas: { account: { rpm: 6000, maxParallel: 5 } },
      defaultModel: 'cheap',
      fallbacks: { cheap: ['strong'] },
      maxRetries: 1,
      timeouts: { totalMs: 1000, attemptMs: 200 },
      budget: { usd: 100 },
      hedge: { afterMs: 8, maxExtra: 1 },
      experimental: ['hedge'],
    });
    const timers = timersLeft();
    const seen = new Set<string>();
    const events = made.events$.subscribe(({ type }) => seen.add(type));
    const wanted = ['limit-waited', 'hedge-sent', 'fallback-taken', 'throttled'];
    const hasSeenAll = (): boolean => wanted.every((type) => seen.has(type));
    for (let i = 0; i < 24 || (i < 240 && !hasSeenAll()); i++) {
      const moment = i % 24;
      const concurrency = moment % 4 === 0 ? 3 : 24; // where nobody waits there are second calls
      const run = made.parallel$(prompts(300), { concurrency, budget: { requests: 200 } }).subscribe();
      if (moment % 2 === 0) await pause(6 * moment);
      else for (let turn = 0; turn < moment; turn++) await new Promise(setImmediate);
      run.unsubscribe();
      const { deployments, quotas, waiting, budget } = made.snapshot();
      expect([waiting, ...[...deployments, ...quotas].map(({ inFlight }) => inFlight)]).toEqual([0, 0, 0, 0, 0]);
      expect(budget?.reserved).toEqual({ usd: 0, tokens: 0, requests: 0 });
    }
    events.unsubscribe();
    expect([...seen]).toEqual(expect.arrayContaining(wanted));
    await pause(50); // what was on its way arrives
    await until('no call is open', () => quick.stats().inFlight === 0);
    const { requests } = quick.stats();
    await pause(100);
    expect(quick.stats().requests).toBe(requests);
    await until('no timer is left', () => timersLeft() <= timers, 500); // the simulation's may be late; one of a run would take a second
    made.close();
    await until('no socket is open', () => quick.stats().openSockets === 0);
    await quick.close();
  });
});

describe('close()', () => {
  it('closes idle sockets; a call in flight ends by itself', async () => {
    const sockets = new Set<unknown>();
    const body = {
      id: 'c',
      model: 'm',
      created: 1,
      choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
    };
    const server = createServer((request, response) => {
      request.resume().on('end', () => setTimeout(() => response.end(JSON.stringify(body)), 100));
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseURL = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`;
    const router = createRouter({
      deployments: [{ group: 'http', provider: openAICompatible({ baseURL, model: 'm' }) }],
    });
    expect(sockets.size).toBe(0);
    const outcomes: string[] = [];
    router.parallel$(prompts(3)).subscribe(({ outcome }) => outcomes.push(outcome._tag));
    await until('the calls are in flight', () => sockets.size === 3);
    router.close();
    await until('all have ended', () => outcomes.length === 3);
    expect(outcomes).toEqual(['Right', 'Right', 'Right']);
    await until('no socket is open', () => sockets.size === 0);
    await new Promise((resolve) => server.close(resolve));
  });

  it('is not needed for nothing to be open: a router opens and starts nothing', () => {
    const before = process.getActiveResourcesInfo().sort();
    const provider = openAICompatible({ baseURL: 'http://127.0.0.1:1/v1', model: 'm' });
    const router = createRouter({ deployments: [{ group: 'http', provider }] });
    const made = [router.parallel$(prompts(3)), router.gather$(prompts(3)), router.result$('hello'), router.events$];
    expect(made).toHaveLength(4);
    expect(process.getActiveResourcesInfo().sort()).toEqual(before);
    router.close();
  });
});
