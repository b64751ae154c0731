import type { Tag } from '../domain/error';
import type { Timeouts } from '../domain/request';
import type { Strategy } from '../plan/strategies/strategy';
import type { Provider } from '../provider/provider';
import type { AxiosInstance } from '../transport/axios-instance';
import type { Caps } from '../transport/caps';
import type { Transport } from '../transport/transport';

/** One place that can answer: a vendor's model under a key. */
export interface Deployment {
  /** The model group it serves: the name that requests ask for. */
  readonly group: string;
  /** What it speaks, e.g. `openai({ model, apiKey })`. */
  readonly provider: Provider;
  /** Default `group/provider/model`, then `-2`, `-3` … */
  readonly id?: string | undefined;
  /** Its share, against the weights of those that the strategy holds for its equals. Default 1; 0: only when none of them is left. */
  readonly weight?: number | undefined;
  /** For `strategy: 'priority-order'`: lower ones are asked first. Default 1. */
  readonly order?: number | undefined;
  /** Calls in flight at most. Default: no limit but what it is learned to take. */
  readonly maxParallel?: number | undefined;
  readonly timeouts?: Pick<Timeouts, 'attemptMs' | 'firstChunkMs' | 'chunkMs'> | undefined;
  /** First length of a cooldown (ms); 0: never cooled. Default: the router's. */
  readonly cooldownMs?: number | undefined;
  /** Failures in a minute that are borne. Default: the router's. */
  readonly allowedFails?: number | undefined;
  /** How its calls travel. Default: the router's. */
  readonly transport?: Transport | AxiosInstance | undefined;
}

/** When a deployment is left alone for a while. */
export interface HealthConfig {
  /** First length of a cooldown (ms), doubled by each probe that fails, up to 60 s. Default 5 000; 0: never. */
  readonly cooldownMs?: number | undefined;
  /** Failures in a minute that are borne. Default: half of them, of 5 calls at least. */
  readonly allowedFails?: number | undefined;
  /** When every deployment of a group is failing: wait for the next probe (default), or fail at once. */
  readonly whenExhausted?: 'wait' | 'fail' | undefined;
}

/** What `createRouter` is given. */
export interface RouterConfig {
  readonly deployments: readonly Deployment[];
  /** The group for requests that name none. Default: the only group. */
  readonly defaultModel?: string | undefined;
  /** Which of the deployments that could take a request is asked; or that for each group, by its name. Default `'simple-shuffle'`. */
  readonly strategy?: Strategy | Readonly<Record<string, Strategy>> | undefined;
  readonly timeouts?: Timeouts | undefined;
  /** Calls after a failed one, for each request. Default 2. */
  readonly maxRetries?: number | undefined;
  /** The same for one kind of failure, e.g. `{ Timeout: 0 }`. */
  readonly retryPolicy?: Readonly<Partial<Record<Tag, number>>> | undefined;
  /** Throttles (429, overload) that one request sits out. Default 10. */
  readonly maxThrottles?: number | undefined;
  /** Time that one request gives to throttles, in all (ms). Default 120 000. */
  readonly throttleMs?: number | undefined;
  readonly health?: HealthConfig | undefined;
  /**
   * What follows when a stream breaks after content has been heard: the request fails, with what was heard as `partial` (default), or
   * it begins again on another attempt, after a `restart` event. `stream$` cannot say `restart`, so there it fails.
   */
  readonly onStreamBreak?: 'fail' | 'restart' | undefined;
  /** Leaves out the fields of a request that a vendor cannot serve, with a `field-dropped` event. Default false: such a request is a `BadRequest`. */
  readonly dropUnsupported?: boolean | undefined;
  /** How calls travel: a transport, or your axios with its interceptors and adapter. Default: axios, over undici in Node, over fetch in browsers. */
  readonly transport?: Transport | AxiosInstance | undefined;
  readonly caps?: Partial<Caps> | undefined;
  /** Lets errors hold the vendor's whole reply under `body`. Default false: replies echo prompts. */
  readonly exposeBodies?: boolean | undefined;
  /** Numbers in [0, 1): which deployment, how much jitter. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Monotonic clock (ms). Default `performance.now`. */
  readonly now?: (() => number) | undefined;
  /** Wall clock (ms since the epoch): for `startedAt`, and dates in headers. Default `Date.now`. */
  readonly wallNow?: (() => number) | undefined;
}
