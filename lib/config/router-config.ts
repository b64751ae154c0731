import type { Tag } from '../domain/error';
import type { Budget } from '../domain/budget';
import type { Price, PriceTable } from '../domain/price';
import type { Timeouts } from '../domain/request';
import type { CountTokens } from '../plan/limits/count-tokens';
import type { Shared } from '../plan/limits/shared';
import type { Strategy } from '../plan/strategies/strategy';
import type { Provider } from '../provider/provider';
import type { AxiosInstance } from '../transport/axios-instance';
import type { Caps } from '../transport/caps';
import type { Transport } from '../transport/transport';

/** One place that can answer: a vendor's model under a key. */
export interface Deployment {
  /**
   * The model group it serves: the name that requests ask for. With a star (`openai/*`) it serves every name of that form, and the star
   * stands for the vendor's model where that is `'*'`: `openai({ model: '*' })`.
   */
  readonly group: string;
  /** What it speaks, e.g. `openai({ model, apiKey })`. */
  readonly provider: Provider;
  /** Default `group/provider/model`, then `-2`, `-3` … */
  readonly id?: string | undefined;
  /**
   * Its share, against the weights of those that the strategy holds for its equals. Default: `rpm` where all of the group have one, else
   * `tpm` likewise, else 1. 0: only when none of them is left.
   */
  readonly weight?: number | undefined;
  /** For `strategy: 'priority-order'`: lower ones are asked first. Default 1. */
  readonly order?: number | undefined;
  /** Calls a minute at most, in any minute. */
  readonly rpm?: number | undefined;
  /** Tokens a minute at most, prompts and answers together. Reserved before a call, settled after it. */
  readonly tpm?: number | undefined;
  /** Calls in flight at most. Default: no limit but what it is learned to take. */
  readonly maxParallel?: number | undefined;
  /** Name of a quota that it draws on as well, together with other deployments: one of the router's `quotas`. */
  readonly quota?: string | undefined;
  /** For `routing.tags`. */
  readonly tags?: readonly string[] | undefined;
  /** USD per million tokens. Default: what the router's `prices` say of the model that is called. */
  readonly price?: Price | undefined;
  /** The longest conversation it takes, answer included (tokens). Default: what the router's `prices` say of the model that is called, else any. */
  readonly contextWindow?: number | undefined;
  /** Tokens reserved for the answer to a request that sets no `max_tokens`. Default 1 000. */
  readonly reserveTokens?: number | undefined;
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
  /** Failures in a minute that are borne: of any deployment, or by group and by kind of failure. Default: half of them, of 5 calls at least. */
  readonly allowedFails?: number | AllowedFails | undefined;
  /** When every deployment of a group is failing: wait for the next probe (default), or fail at once. */
  readonly whenExhausted?: 'wait' | 'fail' | undefined;
  /**
   * What a 429, or an overload, leads to: fewer calls at once (`'learn'`, default), or besides, when the group has another deployment, a
   * cooldown at once (`'cooldown'`, LiteLLM's rule). The request goes on to another deployment; when all cool down it waits, for a minute.
   */
  readonly on429?: 'learn' | 'cooldown' | undefined;
}

/** Failures in a minute that are borne; more of them, and the deployment cools down, unless it is the only one of its group. */
export interface AllowedFails {
  /** Of each deployment of a group, by its name; where the deployment has no `allowedFails` of its own. */
  readonly groups?: Readonly<Record<string, number>> | undefined;
  /**
   * By kind, e.g. `{ Timeout: 10 }`: such failures are counted apart, and judged by this alone. It makes those count that otherwise say
   * nothing of a deployment, such as `BadRequest`; it puts off no cooldown that comes at once, such as that of a wrong key.
   */
  readonly tags?: Readonly<Partial<Record<Tag, number>>> | undefined;
}

/** A vendor's limit that several deployments share: an account's, a key's. */
export interface QuotaConfig {
  readonly rpm?: number | undefined;
  readonly tpm?: number | undefined;
  readonly maxParallel?: number | undefined;
}

/** A second call for a slow one. Experimental. */
export interface HedgeConfig {
  /** When a call has been silent for so long (ms), another deployment is asked as well; the first answer counts. */
  readonly afterMs: number;
  /** Of all requests, the share that may be asked twice, after a first twenty that cover a burst. Default 0.05; 0: none. */
  readonly maxExtra?: number | undefined;
}

/** Groups to ask in turn, by the group that was asked for; `'*'`: whatever group. */
export type Fallbacks = Readonly<Record<string, readonly string[]>>;

/** What `createRouter` is given. */
export interface RouterConfig {
  readonly deployments: readonly Deployment[];
  /** Whom requests ask that name nobody: whatever a request's `model` may be. Default: the only group. */
  readonly defaultModel?: string | undefined;
  /** Other names: `{ 'gpt-4': 'smart' }`; of groups, ids of deployments, what a wildcard group serves, or of each other. */
  readonly aliases?: Readonly<Record<string, string>> | undefined;
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
  /** Limits that several deployments share, by the name that they give as their `quota`. */
  readonly quotas?: Readonly<Record<string, QuotaConfig>> | undefined;
  /** What may be spent, by all runs together. Afterwards requests are `BudgetExceeded`, unsent. */
  readonly budget?: Budget | undefined;
  /** What models cost, by `provider/model`; a deployment's own `price` comes first. */
  readonly prices?: PriceTable | undefined;
  /**
   * Counts the tokens of a prompt before it is sent, for limits, budgets, context windows and the `cost` strategy: `countTokens` of
   * `rx-fanout/tokens`, or your own. Where it fails, there is a `count-failed` event. Default: a quarter of the characters.
   */
  readonly countTokens?: CountTokens | undefined;
  /** Groups to ask in turn when one has failed. */
  readonly fallbacks?: Fallbacks | undefined;
  /** The same for requests that are too long for their group; without an entry `fallbacks` serve. */
  readonly contextWindowFallbacks?: Fallbacks | undefined;
  /** The same for requests that a content policy refused; without an entry `fallbacks` serve. */
  readonly contentPolicyFallbacks?: Fallbacks | undefined;
  /** Groups that one request may ask besides its own. Default 5. */
  readonly maxFallbacks?: number | undefined;
  /** A second call for a slow one. Experimental: wants `experimental: ['hedge']`. */
  readonly hedge?: HedgeConfig | undefined;
  /** Features that may still change, switched on. Also by the environment: `RX_FANOUT_EXPERIMENTAL=1`, or `hedge`. */
  readonly experimental?: readonly 'hedge'[] | undefined;
  /** Limits and cooldowns shared with other processes. Default: this router has them for itself. */
  readonly shared?: Shared | undefined;
  /**
   * What follows when a stream breaks after content has been heard: the request fails, with what was heard as `partial` (default); or
   * it begins again on another attempt, after a `restart` event (`stream$` cannot say `restart`, so there it fails); or another attempt
   * is given the text so far as the beginning of its answer, and goes on from there (`'continue'`).
   */
  readonly onStreamBreak?: 'fail' | 'restart' | 'continue' | undefined;
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
