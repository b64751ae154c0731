import type { ObservableInput } from 'rxjs';
import type { Output } from './domain/output';
import type { FanOutOptions } from './fan-out-options';
import type { ParallelRouter, RouterRunOptions } from './parallel-router';

/** Work of one's own on one request. The last value is the result; the signal is made when it is first read. */
export type Run<Req, Res> = (
  request: Req,
  index: number,
  context: { readonly signal: AbortSignal },
) => ObservableInput<Res> & object;

/** Options of a fan-out over a router. */
export interface ParallelOptions<Out extends Output | undefined = Output | undefined> extends RouterRunOptions<Out> {
  readonly router: ParallelRouter;
  readonly run?: undefined;
}

/** Options of a fan-out over work of one's own. */
export interface ParallelRunOptions<Req, Res> extends FanOutOptions {
  readonly run: Run<Req, Res>;
  readonly router?: undefined;
}
