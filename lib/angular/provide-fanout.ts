import { DestroyRef, type EnvironmentProviders, inject, makeEnvironmentProviders } from '@angular/core';
import { tryCatch } from 'fp-ts/Either';
import type { RouterConfig } from '../config/router-config';
import { optionsObject } from '../domain/options-object';
import { createRouter, type FanoutRouter } from '../router';
import { routerToken } from './router-token';

/**
 * Provides one router to an application, or to the routes below one. It is made when it is first injected, and closed when the injector
 * that it belongs to is destroyed; a configuration with problems is a `ConfigError` at each `injectFanout()`.
 *
 * @param config the configuration, or a function that makes it and may `inject()` what it needs
 * @example bootstrapApplication(App, { providers: [provideFanout(() => ({ deployments, transport: httpClientTransport() }))] });
 */
export function provideFanout(config: RouterConfig | (() => RouterConfig)): EnvironmentProviders {
  if (typeof config !== 'function') optionsObject('provideFanout: config', config);
  const create = (): FanoutRouter => {
    const router = createRouter(typeof config === 'function' ? config() : config);
    inject(DestroyRef).onDestroy(router.close);
    return router;
  };
  return makeEnvironmentProviders([{ provide: routerToken, useFactory: () => tryCatch(create, (problem) => problem) }]);
}
