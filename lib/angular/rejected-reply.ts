import { HttpErrorResponse } from '@angular/common/http';
import { completionError } from '../domain/error';
import { axiosFailure } from '../transport/axios-failure';
import { brokenBody } from '../transport/broken-body';
import type { Caps } from '../transport/caps';
import type { Reply } from '../transport/transport';
import { httpReply } from './http-reply';

/**
 * The reply with which HttpClient errored, since a status that is no success is an error to it. Throws a `CompletionError` when there is no
 * reply: the network failed, or an interceptor threw something else.
 */
export function rejectedReply(error: unknown, caps: Caps): Reply {
  if (isTimeout(error)) throw completionError({ _tag: 'Connection', code: 'ETIMEDOUT' });
  if (!(error instanceof HttpErrorResponse)) throw axiosFailure(error, caps);
  const body: unknown = error.error;
  if (error.status === 0 && isNothing(body) && error.redirected !== undefined)
    throw completionError({ _tag: 'InvalidResponse', message: 'the reply is a redirect', isRetryable: false });
  if (error.status === 0 || !isBody(body)) throw axiosFailure(brokenBody(body), caps);
  return httpReply(error, body, caps);
}

/** An interceptor's `timeout`, or `timeout` of the request: a clock of the application's. */
function isTimeout(error: unknown): boolean {
  const reason: unknown = error instanceof HttpErrorResponse ? error.error : error;
  return typeof reason === 'object' && reason !== null && 'name' in reason && reason.name === 'TimeoutError';
}

/** Text, or what an interceptor parsed; not the error or the event that told why there is none. */
function isBody(body: unknown): boolean {
  if (typeof body !== 'object' || isNothing(body) || Array.isArray(body)) return true;
  const prototype: unknown = Object.getPrototypeOf(body);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isNothing(body: unknown): body is null | undefined {
  return body === null || body === undefined;
}
