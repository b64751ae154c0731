import type { Observable, OperatorFunction } from 'rxjs';
import type { Output, ReadBy } from './domain/output';
import type { CompletionRequest } from './domain/request';
import type { FanoutResult, ParallelResult } from './domain/result';
import type { ParallelOptions, ParallelRunOptions } from './parallel-options';
import type { Requests } from './rx/source/to-source';
import { type AnyOptions, type AnyRequests, startParallel } from './start-parallel';

/**
 * Fans requests out, at most `concurrency` (8) at a time, over a router's deployments or a `run` of one's own. Cold:
 * subscribing starts the work, unsubscribing aborts what is under way and takes nothing more. Emits a row for each request,
 * as they finish or in input order; a failure is a row too, a `Left`. Completes after the last row. Errors with the first
 * failure under `failFast`, with the reason of `signal`, with the error of an input that throws or of `stopTaking`, and with a `JournalError`.
 *
 * @example parallel$(urls, { run: (url, index, { signal }) => fetch(url, { signal }), concurrency: 4 })
 */
export function parallel$<Req extends string | CompletionRequest, Out extends Output | undefined = undefined>(
  requests: Requests<Req>,
  options: ParallelOptions<Out>,
): Observable<ParallelResult<Req, ReadBy<Out>>>;
export function parallel$<Req, Res>(
  requests: Requests<Req>,
  options: ParallelRunOptions<Req, Res>,
): Observable<FanoutResult<Req, Res>>;
export function parallel$(requests: AnyRequests, options: AnyOptions): Observable<FanoutResult<unknown, unknown>> {
  return startParallel(requests, options);
}

/**
 * `parallel$` as an operator: the source is the requests. Those that come faster than they are done wait in a queue.
 *
 * @example requests$.pipe(parallel({ router, concurrency: 8 }))
 */
export function parallel<Req extends string | CompletionRequest, Out extends Output | undefined = undefined>(
  options: ParallelOptions<Out>,
): OperatorFunction<Req, ParallelResult<Req, ReadBy<Out>>>;
export function parallel<Req, Res>(
  options: ParallelRunOptions<Req, Res>,
): OperatorFunction<Req, FanoutResult<Req, Res>>;
export function parallel(
  options: AnyOptions,
): OperatorFunction<string | CompletionRequest, FanoutResult<unknown, unknown>> {
  return (requests$) => startParallel(requests$, options);
}
