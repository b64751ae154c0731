import './init-test-bed';
import type { EnvironmentProviders } from '@angular/core';
import { expectTypeOf } from 'expect-type';
import { httpClientTransport, injectFanout, provideFanout } from '../../lib/angular';
import type { FanoutRouter, RouterConfig, Transport } from '../../lib/index';
import { fakeProvider } from '../../lib/testing';

describe('the types of rx-fanout/angular', () => {
  it('take a configuration, or a function that makes one, and nothing that only looks like one', () => {
    expectTypeOf(provideFanout).parameter(0).toEqualTypeOf<RouterConfig | (() => RouterConfig)>();
    expectTypeOf(provideFanout).returns.toEqualTypeOf<EnvironmentProviders>();
    const wrong = [
      // @ts-expect-error a field that does not exist
      () => provideFanout({ deployments: [{ group: 'fast', ...fakeProvider([]) }], retries: 3 }),
      // @ts-expect-error a promise of a configuration: Angular's factories are synchronous
      () => provideFanout(() => Promise.resolve({ deployments: [] })),
    ];
    expect(wrong).toHaveLength(2);
  });

  it('give what the main entry has names for', () => {
    expectTypeOf(injectFanout).returns.toEqualTypeOf<FanoutRouter>();
    expectTypeOf(httpClientTransport).returns.toEqualTypeOf<Transport>();
    expectTypeOf(httpClientTransport).toBeCallableWith();
    expectTypeOf(httpClientTransport).toBeCallableWith({ caps: { bodyBytes: 1_000_000 } });
  });
});
