import type { Observable } from 'rxjs';
import type { Budget } from './domain/budget';
import type { Output } from './domain/output';
import type { CompletionRequest, Timeouts } from './domain/request';
import type { ParallelResult } from './domain/result';
import type { FanOutOptions } from './fan-out-options';
import type { Requests } from './rx/source/to-source';

/** How a router's fan-out is run: as any other, and what only means something for completions. */
export interface RouterRunOptions<Out extends Output | undefined = Output | undefined> extends FanOutOptions {
  /** Over the deployment's and the router's, under the request's own. */
  readonly timeouts?: Timeouts | undefined;
  /** Tries of one request after the first. Default: the router's, 2. */
  readonly maxRetries?: number | undefined;
  /** What this run may spend. When it is used up nothing more is sent, and what is left gets `BudgetExceeded` rows. */
  readonly budget?: Budget | undefined;
  /**
   * `withOutput(codec)`: the first choice's content is read as JSON and decoded; what the codec made of it is `output` of the row's
   * completion. What cannot be decoded is asked again, then an `InvalidOutput`.
   */
  readonly output?: Out;
}

/** How a router's fan-out of streams is run: its rows come in no order but that in which their streams end, and each has chunks of its own. */
export type StreamRunOptions = Omit<RouterRunOptions, 'order' | 'window' | 'dedupe' | 'output'>;

/** As much of a router as a fan-out needs. */
export interface ParallelRouter {
  readonly parallel$: <Req extends string | CompletionRequest>(
    requests: Requests<Req>,
    options?: RouterRunOptions,
  ) => Observable<ParallelResult<Req>>;
}
