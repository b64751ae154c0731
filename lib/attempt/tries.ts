import type { CompletionError, Tag } from '../domain/error';
import type { Attempt } from '../domain/result';
import type { Ask } from '../plan/choose';
import type { DeploymentState } from '../plan/deployment';
import type { Reasked } from './reask';

/** What one request has been through with one group. Changed in place, by its own road alone. */
export interface Tries extends Ask {
  excluded: ReadonlySet<DeploymentState>;
  tried: ReadonlySet<DeploymentState>;
  notBefore: ReadonlyMap<DeploymentState, number>;
  /** Deployments whose reply was no completion: a second such reply is the last. */
  invalid: ReadonlySet<DeploymentState>;
  estimate: Ask['estimate'];
  lastError: CompletionError | undefined;
  /** Set when an answer could not be read and the group is asked again. */
  reasked: Reasked | undefined;
  /** Calls after a failed one. */
  retries: number;
  throttles: number;
  /** Time that the whole request has given to throttles (ms). */
  throttledMs: number;
  /** Of the whole request. */
  readonly attempts: Attempt[];
}

const nobody: ReadonlySet<DeploymentState> = new Set();
const anytime: ReadonlyMap<DeploymentState, number> = new Map();

/** What a request asks of one group, before it has been anywhere. */
export type FirstAsk = Omit<Ask, 'excluded' | 'tried' | 'notBefore' | 'lastError'>;

/** @param sofar what the whole request has been through */
export function noTries(asked: FirstAsk, sofar: Pick<Tries, 'attempts' | 'throttledMs'>): Tries {
  return {
    request: asked.request,
    streamed: asked.streamed,
    deadline: asked.deadline,
    hasFallback: asked.hasFallback,
    only: asked.only,
    star: asked.star,
    tags: asked.tags,
    refusedBy: asked.refusedBy,
    estimate: asked.estimate,
    spendings: asked.spendings,
    excluded: nobody,
    tried: nobody,
    notBefore: anytime,
    invalid: nobody,
    lastError: undefined,
    reasked: undefined,
    retries: 0,
    throttles: 0,
    throttledMs: sofar.throttledMs,
    attempts: sofar.attempts,
  };
}

/** How patient a router is with one request. */
export interface Patience {
  /** Calls after a failed one, at most. */
  readonly maxRetries: number;
  /** The same for one kind of failure. */
  readonly retryPolicy: Readonly<Partial<Record<Tag, number>>>;
  readonly maxThrottles: number;
  /** Time given to throttles, in all (ms). */
  readonly throttleMs: number;
}
