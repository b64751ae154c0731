import './init-test-bed';
import { provideHttpClient, withFetch } from '@angular/common/http';
import { ApplicationRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ignoreElements, type Subscription } from 'rxjs';
import { httpClientTransport, injectFanout, provideFanout } from '../../lib/angular';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import type { FanoutRouter } from '../../lib/router';
import { simulateProviders, type SimulatedProviders, type SimulationOptions } from '../../lib/testing';
import { allOf } from '../support/all-of';
import { brief } from '../support/brief';
import { until } from '../support/until';

describe('an application with a router', () => {
  let server: SimulatedProviders;
  let stable: boolean[] = [];
  let watching: Subscription | undefined;

  const start = async (options: SimulationOptions): Promise<FanoutRouter> => {
    server = await simulateProviders(options);
    const provider = openAICompatible({ baseURL: `${server.url}/v1`, model: 'm' });
    const config = () => ({ deployments: [{ group: 'fast', provider }], transport: httpClientTransport() });
    TestBed.configureTestingModule({ providers: [provideHttpClient(withFetch()), provideFanout(config)] });
    watching = TestBed.inject(ApplicationRef).isStable.subscribe((now) => stable.push(now));
    return TestBed.runInInjectionContext(injectFanout);
  };

  afterEach(async () => {
    watching?.unsubscribe();
    stable = [];
    await server.close();
  });

  it('is stable before it asks anything', async () => {
    const router = await start({});
    const asked$ = router.parallel$(['Name a red fruit']);
    await TestBed.inject(ApplicationRef).whenStable();
    expect(stable).toEqual([true]);
    await allOf(asked$);
    await TestBed.inject(ApplicationRef).whenStable();
    expect(stable).toEqual([true, false, true]);
  });

  it.each([
    ['answers', (router: FanoutRouter) => router.parallel$(['Name a red fruit', 'Name a blue fish'])],
    ['streams', (router: FanoutRouter) => router.parallelStream$(['Name a red fruit', 'Name a blue fish'])],
  ])('is not stable while calls for %s are under way, and stable after them', async (_, asked$) => {
    const router = await start({ latency: { p50Ms: 100, p99Ms: 100 } });
    const rows = allOf<unknown>(asked$(router));
    await until('both are asked', () => server.stats().requests === 2);
    expect(stable).toEqual([true, false]);
    await rows;
    await TestBed.inject(ApplicationRef).whenStable();
    expect(stable).toEqual([true, false, true]);
  });

  it.each([
    ['a call', (router: FanoutRouter) => router.result$('Name a red fruit').pipe(ignoreElements())],
    ['a stream', (router: FanoutRouter) => router.stream$('Name a red fruit').pipe(ignoreElements())],
  ])('is stable after %s was left', async (_, asked$) => {
    const router = await start({ latency: { p50Ms: 60_000, p99Ms: 60_000 } });
    const left = asked$(router).subscribe();
    await until('it is asked', () => server.stats().inFlight === 1);
    left.unsubscribe();
    await TestBed.inject(ApplicationRef).whenStable();
    await until('the server has no open call', () => server.stats().inFlight === 0);
    expect(stable).toEqual([true, false, true]);
  });

  it('is stable with a deployment that cools down, and has no timer', async () => {
    const router = await start({ faults: { status: { 401: 1 } } });
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    expect((await allOf(router.result$('Name a red fruit'))).map(brief)).toEqual(['!Authentication']);
    expect(router.snapshot().deployments[0]?.health).toBe('cooling');
    await TestBed.inject(ApplicationRef).whenStable();
    await until('it has left no timer', () => timers() <= before);
  });
});
