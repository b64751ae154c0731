import { InjectionToken } from '@angular/core';
import type { Either } from 'fp-ts/Either';
import type { FanoutRouter } from '../router';

/**
 * The router of an injector, or why there is none. A factory that throws leaves Angular with a half-made value: whoever asks next
 * would be told of a circular dependency, and not of what is wrong.
 */
export const routerToken = new InjectionToken<Either<unknown, FanoutRouter>>('the router of rx-fanout');
