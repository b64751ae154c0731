import '@angular/compiler'; // first: what Angular publishes is compiled when it is first used
import {
  HttpEventType,
  provideHttpClient,
  withFetch,
  withInterceptors,
  type HttpInterceptorFn,
} from '@angular/common/http';
import { createEnvironmentInjector, Injectable } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { tap, type Subscription } from 'rxjs';
import { openAICompatible, type CompletionRequest, type FanoutRouter } from 'rx-fanout';
import { httpClientTransport, injectFanout, provideFanout } from 'rx-fanout/angular';

export { text } from 'rx-fanout';
export { allOf } from '../support/all-of';

/** How HttpClient sends. */
export type Road = 'fetch' | 'XMLHttpRequest';

@Injectable()
class Service {
  readonly router = injectFanout();
}

const traced: HttpInterceptorFn = (request, next) =>
  next(request.clone({ setHeaders: { 'x-trace': 't1' } })).pipe(
    tap(({ type }) => {
      if (type === HttpEventType.DownloadProgress) kept.isBegun = true;
    }),
  );

/** The router of an Angular application, whose calls go to the server of the page. */
export async function routerOver(road: Road): Promise<FanoutRouter> {
  const provider = openAICompatible({ model: 'm', baseURL: `${location.origin}/v1` });
  const interceptors = withInterceptors([traced]);
  const { injector } = await createApplication({
    providers: [
      road === 'fetch' ? provideHttpClient(withFetch(), interceptors) : provideHttpClient(interceptors),
      provideFanout(() => ({
        deployments: [{ group: 'g', provider }],
        transport: httpClientTransport({ caps: { bodyBytes: 4000 } }),
        maxRetries: 0,
      })),
    ],
  });
  return createEnvironmentInjector([Service], injector).get(Service).router;
}

/** A request that is answered whole, or as a stream. */
export function asking(content: string, stream: boolean): CompletionRequest {
  return { messages: [{ role: 'user', content }], stream };
}

/** What a page keeps from one step of a spec to the next. */
export const kept: {
  running?: Subscription;
  /** Something of the body of a whole reply has come. */
  isBegun: boolean;
  heard: string;
} = { isBegun: false, heard: '' };
