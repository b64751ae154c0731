import type { Observable } from 'rxjs';
import type { Output, ReadBy } from './domain/output';
import type { CompletionRequest } from './domain/request';
import type { FanoutResult, ParallelResult } from './domain/result';
import type { ParallelOptions, ParallelRunOptions } from './parallel-options';
import { collect, type CollectOptions } from './rows/collect';
import type { Requests } from './rx/source/to-source';
import { type AnyOptions, type AnyRequests, startParallel } from './start-parallel';

/**
 * `parallel$`, with all rows in one array: in input order, or as they finished with `preserveOrder: false`. Emits once,
 * when the last row is there (`[]` for no requests), and completes. Errors as `parallel$` does.
 *
 * @example gather$(prompts, { router }).subscribe((rows) => console.log(rows.length))
 */
export function gather$<Req extends string | CompletionRequest, Out extends Output | undefined = undefined>(
  requests: Requests<Req>,
  options: ParallelOptions<Out> & CollectOptions,
): Observable<ParallelResult<Req, ReadBy<Out>>[]>;
export function gather$<Req, Res>(
  requests: Requests<Req>,
  options: ParallelRunOptions<Req, Res> & CollectOptions,
): Observable<FanoutResult<Req, Res>[]>;
export function gather$(
  requests: AnyRequests,
  options: AnyOptions & CollectOptions,
): Observable<FanoutResult<unknown, unknown>[]> {
  const { preserveOrder, ...rest } = { ...options }; // a copy: no options at all is for `startParallel` to refuse
  return startParallel(requests, rest).pipe(collect({ preserveOrder }));
}
