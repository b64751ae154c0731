import './init-test-bed';
import { createEnvironmentInjector, EnvironmentInjector, inject, Injectable, InjectionToken } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { injectFanout, provideFanout } from '../../lib/angular';
import { ConfigError } from '../../lib/config/config-error';
import type { FanoutRouter } from '../../lib/router';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import { fakeProvider, simulateProviders } from '../../lib/testing';
import { allOf } from '../support/all-of';
import { brief } from '../support/brief';
import { closing } from '../support/closing';
import { until } from '../support/until';

@Injectable({ providedIn: 'root' })
class Fruits {
  readonly router = injectFanout();
}

const fast = (text: string) => ({ deployments: [{ group: 'fast', ...fakeProvider(() => ({ text })) }] });
const routerIn = (injector: EnvironmentInjector): FanoutRouter =>
  createEnvironmentInjector([Fruits], injector).get(Fruits).router;
const answersOf = async (router: FanoutRouter) => (await allOf(router.result$('Name a red fruit'))).map(brief);

describe('provideFanout', () => {
  const opened = closing();

  it('gives one router to everyone who injects it', async () => {
    TestBed.configureTestingModule({ providers: [provideFanout(fast('a cherry'))] });
    const { router } = TestBed.inject(Fruits);
    expect(TestBed.runInInjectionContext(injectFanout)).toBe(router);
    expect(await answersOf(router)).toEqual(['a cherry']);
  });

  it('asks a function for the configuration when the router is first injected, and once', () => {
    const config = jest.fn(() => fast('a cherry'));
    TestBed.configureTestingModule({ providers: [provideFanout(config)] });
    TestBed.inject(EnvironmentInjector);
    expect(config).not.toHaveBeenCalled();
    TestBed.runInInjectionContext(injectFanout);
    TestBed.inject(Fruits);
    expect(config).toHaveBeenCalledTimes(1);
  });

  it('lets that function inject what it needs', async () => {
    const answer = new InjectionToken<string>('answer');
    TestBed.configureTestingModule({
      providers: [{ provide: answer, useValue: 'a plum' }, provideFanout(() => fast(inject(answer)))],
    });
    expect(await answersOf(TestBed.inject(Fruits).router)).toEqual(['a plum']);
  });

  it('gives routes with a provideFanout of their own a router of their own', async () => {
    TestBed.configureTestingModule({ providers: [provideFanout(fast('a cherry'))] });
    const root = TestBed.inject(EnvironmentInjector);
    const route = createEnvironmentInjector([provideFanout(fast('a plum'))], root);
    expect(await answersOf(routerIn(route))).toEqual(['a plum']);
    expect(await answersOf(routerIn(createEnvironmentInjector([], root)))).toEqual(['a cherry']);
  });

  it('says every problem of the configuration to whoever injects the router, again and again', () => {
    TestBed.configureTestingModule({ providers: [provideFanout({ deployments: [] })] });
    for (let time = 0; time < 2; time++) {
      expect(() => TestBed.runInInjectionContext(injectFanout)).toThrow(ConfigError);
      expect(() => TestBed.runInInjectionContext(injectFanout)).toThrow(/deployments: expected at least one/);
    }
    expect(() => TestBed.inject(Fruits)).toThrow(/deployments: expected at least one/);
  });

  it('closes the router with the injector that it belongs to, and not before', async () => {
    const server = opened(await simulateProviders());
    const provider = openAICompatible({ baseURL: `${server.url}/v1`, model: 'm' });
    TestBed.configureTestingModule({});
    const route = createEnvironmentInjector(
      [provideFanout({ deployments: [{ group: 'fast', provider }] })],
      TestBed.inject(EnvironmentInjector),
    );
    const { result$ } = routerIn(route);
    await allOf(result$('Name a red fruit'));
    await allOf(result$('Name a blue fish'));
    expect(server.stats().openSockets).toBeGreaterThan(0);
    route.destroy();
    await until('its idle sockets are closed', () => server.stats().openSockets === 0);
  });

  it('passes on what its function throws', () => {
    const problem = new Error('no address in the settings');
    const config = () => {
      throw problem;
    };
    TestBed.configureTestingModule({ providers: [provideFanout(config)] });
    expect(() => TestBed.runInInjectionContext(injectFanout)).toThrow(problem);
  });
});

describe('injectFanout', () => {
  it('says in one line what is missing without provideFanout', () => {
    expect(() => TestBed.inject(Fruits)).toThrow(/^injectFanout\(\) found no router: add provideFanout\(...\) .*$/);
  });

  it('has the error of Angular outside an injection context', () => {
    expect(() => injectFanout()).toThrow(/NG0203: injectFanout\(\) can only be used within an injection context/);
  });
});
