import type { Observable } from 'rxjs';
import { chunksOf } from './chunks-of';
import { checkConfig } from './config/check-config';
import { checkUpdate } from './config/check-update';
import { checkExperimental } from './config/experimental';
import type { RouterConfig } from './config/router-config';
import type { CompletionChunk } from './domain/chunk';
import { optionsObject } from './domain/options-object';
import type { Output, ReadBy } from './domain/output';
import type { ParallelResult } from './domain/result';
import type { RouterEvent } from './domain/router-event';
import type { StreamedEvent } from './domain/streamed-event';
import { fanOut } from './fan-out';
import type { RouterRunOptions, StreamRunOptions } from './parallel-router';
import type { RouterSnapshot } from './plan/snapshot';
import { routerEnsemble, type EnsembleOptions } from './router-ensemble';
import { routerRace, type RaceOptions } from './router-race';
import { routerSnapshot } from './router-snapshot';
import { routerSettings } from './router-settings';
import { routerState } from './router-state';
import { routerStreams } from './router-streams';
import { routerWork, type Item } from './router-work';
import { collect, type CollectOptions } from './rows/collect';
import { unwrap } from './rows/unwrap';
import { inputKind } from './rx/source/input-kind';
import type { Requests } from './rx/source/to-source';

/** Options of a single request. */
export type ResultOptions<Out extends Output | undefined = Output | undefined> = Pick<
  RouterRunOptions<Out>,
  'timeouts' | 'maxRetries' | 'output' | 'signal' | 'now'
>;

/** Options of a single streamed request. */
export type StreamOptions = Omit<ResultOptions, 'output'>;

/**
 * A router: deployments, what is known of their health, and the ways to ask them. Its members are closures and may be taken apart.
 * All Observables but `events$` are cold: subscribing spends, unsubscribing stops the spending.
 */
export interface FanoutRouter {
  /** One row for each request, as they finish or in input order. Errors only as `parallel$` of this package says. */
  readonly parallel$: <Req extends Item, Out extends Output | undefined = undefined>(
    requests: Requests<Req>,
    options?: RouterRunOptions<Out>,
  ) => Observable<ParallelResult<Req, ReadBy<Out>>>;
  /** All rows in one array, in input order; `preserveOrder: false`: as they finished. `[]` for no requests. */
  readonly gather$: <Req extends Item, Out extends Output | undefined = undefined>(
    requests: Requests<Req>,
    options?: RouterRunOptions<Out> & CollectOptions,
  ) => Observable<readonly ParallelResult<Req, ReadBy<Out>>[]>;
  /** The row of one request; a failure is a row too. */
  readonly result$: <Req extends Item, Out extends Output | undefined = undefined>(
    request: Req,
    options?: ResultOptions<Out>,
  ) => Observable<ParallelResult<Req, ReadBy<Out>>>;
  /** The answer to one request, or its `CompletionError`, which carries the attempts. */
  readonly completion$: <Out extends Output | undefined = undefined>(
    request: Item,
    options?: ResultOptions<Out>,
  ) => Observable<ReadBy<Out>>;
  /**
   * The chunks of one answer, from the first with content on, as they come. Completes when the answer is whole; errors with its
   * `CompletionError`, which has what was heard as `partial`. A failure before the first content is retried unseen.
   */
  readonly stream$: (request: Item, options?: StreamOptions) => Observable<CompletionChunk>;
  /**
   * Many streams, multiplexed: for each request its `start`, its `chunk`s (void after a `restart`), and its `result`, the row of
   * `parallel$`. At most `concurrency` at a time; ready for `groupBy((event) => event.index)`. Completes and errors as `parallel$` does.
   */
  readonly parallelStream$: <Req extends Item>(
    requests: Requests<Req>,
    options?: StreamRunOptions,
  ) => Observable<StreamedEvent<Req>>;
  /**
   * The row of the first group to succeed with one request that all of `groups` are asked at the same time; the others are aborted then, and
   * their calls, tokens and cost are in the row. When all fail it is the row of the last failure. No group falls back to others.
   */
  readonly race$: <Req extends Item, Out extends Output | undefined = undefined>(
    request: Req,
    options: RaceOptions<Out>,
  ) => Observable<ParallelResult<Req, ReadBy<Out>>>;
  /**
   * One row for each request and each of `groups`, which is its `group`, as they finish or in the order of the input and then of the groups.
   * A run as `parallel$` is: `concurrency` and all other options count a request once for each group. No group falls back to others.
   */
  readonly ensemble$: <Req extends Item, Out extends Output | undefined = undefined>(
    requests: Requests<Req>,
    options: EnsembleOptions<Out>,
  ) => Observable<ParallelResult<Req, ReadBy<Out>>>;
  /** What the router does, as it does it. Hot; never completes, never errors. */
  readonly events$: Observable<RouterEvent>;
  /** What the router knows now, as plain data that does not change any more. */
  readonly snapshot: () => RouterSnapshot;
  /**
   * Takes over a whole new configuration. Calls under way end on what they have; whoever waits is served by what there is now; a deployment
   * with the id of an old one keeps what is known of it. Throws a `ConfigError`, and changes nothing, when the configuration has problems
   * or changes what a running router keeps: `transport`, `caps`, `shared`, `now`, `wallNow`, `random`.
   */
  readonly update: (config: RouterConfig) => void;
  /** Closes idle sockets, and those in use when their call ends. */
  readonly close: () => void;
}

/**
 * Makes a router. Throws one `ConfigError` with every problem of the configuration, by path, or an error for an
 * experimental feature that is used and not switched on.
 * It opens nothing, starts no timer and reads no network until something is subscribed to.
 *
 * @example
 * const { parallel$ } = createRouter({ deployments: [{ group: 'fast', provider: openai({ model: 'gpt-5-mini', apiKey }) }] });
 */
export function createRouter(config: RouterConfig): FanoutRouter {
  checkConfig(config);
  checkExperimental(config);
  const state = routerState(config);
  const { context, events$, close } = state;
  let running = config;

  const parallel$: FanoutRouter['parallel$'] = <Req extends Item, Out extends Output | undefined>(
    requests: Requests<Req>,
    options: RouterRunOptions<Out> = {},
  ) => {
    inputKind(requests);
    const rows$ = fanOut(requests, () => routerWork<Req>(state, options), routerSettings(options, state));
    return rows$ as Observable<ParallelResult<Req, ReadBy<Out>>>; // for `output` has read the answers
  };
  /** Chunks alone cannot say that they begin anew. */
  const onBreak = () => (context.onStreamBreak === 'continue' ? 'continue' : 'fail');
  const result$: FanoutRouter['result$'] = (request, options = {}) => parallel$([request], options);

  return {
    parallel$,
    gather$: (requests, options = {}) => {
      const { preserveOrder, ...rest } = optionsObject('options', options);
      return parallel$(requests, rest).pipe(collect({ preserveOrder }));
    },
    result$,
    completion$: (request, options) => result$(request, options).pipe(unwrap()),
    stream$: (request, options = {}) => chunksOf(routerStreams([request], state, options, onBreak())),
    parallelStream$: (requests, options = {}) => routerStreams(requests, state, options),
    race$: (request, options) => routerRace(request, state, options),
    ensemble$: (requests, options) => routerEnsemble(requests, state, options),
    events$,
    snapshot: () => routerSnapshot(state),
    update: (latest) => {
      checkConfig(latest);
      checkExperimental(latest);
      checkUpdate(latest, running);
      running = latest;
      state.update(latest);
    },
    close,
  };
}
