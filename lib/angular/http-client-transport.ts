import { HttpBackend, HttpClient, HttpXhrBackend } from '@angular/common/http';
import { assertInInjectionContext, DestroyRef, inject, PendingTasks } from '@angular/core';
import { defer, finalize, type Observable, throwError } from 'rxjs';
import { knownOptions } from '../domain/known-options';
import { axiosTransport } from '../transport/axios';
import { defaultCaps, type Caps } from '../transport/caps';
import type { Call, Reply, Transport } from '../transport/transport';
import { replyOfEvents } from './reply-of-events';
import { unsendable } from './unsendable';

export interface HttpClientTransportOptions {
  /** How much of a reply is read. The router's own `caps` are for its own transport. */
  readonly caps?: { readonly [Cap in keyof Caps]?: Caps[Cap] | undefined } | undefined;
}

/**
 * A `Transport` over the application's HttpClient: whole replies pass its interceptors, and unsubscribing aborts the request. Calls with
 * `stream` go over `fetch`, past the interceptors: HttpClient has nothing to hold a body back with. Over either road the application
 * is not stable before the call has ended. Called in an injection context, and closed with the injector that it belongs to.
 *
 * With `withFetch()` no redirect is followed; XMLHttpRequest cannot refuse one.
 *
 * @example provideFanout(() => ({ deployments, transport: httpClientTransport() }))
 */
export function httpClientTransport(options: HttpClientTransportOptions = {}): Transport {
  knownOptions('httpClientTransport', options, ['caps']);
  const { caps: given } = options;
  assertInInjectionContext(httpClientTransport);
  const caps: Caps = {
    bodyBytes: given?.bodyBytes ?? defaultCaps.bodyBytes,
    eventBytes: given?.eventBytes ?? defaultCaps.eventBytes,
    jsonDepth: given?.jsonDepth ?? defaultCaps.jsonDepth,
  };
  const http = inject(HttpClient);
  const redirect = inject(HttpBackend) instanceof HttpXhrBackend ? undefined : 'manual'; // over XMLHttpRequest Angular warns of it
  const pending = inject(PendingTasks);
  const streams = axiosTransport({ caps });
  inject(DestroyRef).onDestroy(streams.close);

  const whole$ = (call: Call): Observable<Reply> =>
    defer(() => {
      const problem = unsendable(call, caps);
      if (problem !== undefined) return throwError(() => problem);
      const { method, url, headers } = call;
      const body = method === 'POST' ? { body: call.body } : undefined;
      const asText = { observe: 'events', responseType: 'text', reportProgress: true } as const;
      return http
        .request(method, url, { ...asText, headers, ...body, ...(redirect && { redirect }) })
        .pipe(replyOfEvents(caps));
    });

  const pieces$: Transport = (call, flow) =>
    defer(() => {
      const ended = pending.add();
      return streams.transport(call, flow).pipe(finalize(ended));
    });

  return (call, flow) => (call.stream ? pieces$(call, flow) : whole$(call));
}
