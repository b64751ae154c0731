import { assertInInjectionContext, inject } from '@angular/core';
import type { FanoutRouter } from '../router';
import { routerToken } from './router-token';

/**
 * The router that `provideFanout` provides to whoever asks: a service, a component, a guard, an effect. It throws the `ConfigError` of
 * a configuration with problems, and Angular's own error outside an injection context.
 *
 * @example readonly #router = injectFanout();
 */
export function injectFanout(): FanoutRouter {
  assertInInjectionContext(injectFanout);
  const made = inject(routerToken, { optional: true });
  if (made === null) {
    throw new Error(
      'injectFanout() found no router: add provideFanout(...) to the providers of the application or of a route',
    );
  }
  if (made._tag === 'Left') throw made.left;
  return made.right;
}
