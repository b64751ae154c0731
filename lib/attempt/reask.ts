import type { CompletionError } from '../domain/error';
import type { CompletionRequest } from '../domain/request';
import { estimate, type Estimate } from '../plan/limits/estimate';
import type { Journey } from './journey';
import type { Step, StepRules } from './next-step';

/** What a group is asked in place of the request, since it has given an answer that could not be read. */
export interface Reasked {
  readonly request: CompletionRequest;
  /** How often the group was asked again. */
  readonly times: number;
  /** What the request itself is thought to take, which another group is asked anew. */
  readonly first: Estimate;
}

const atOnce: Step = { waitMs: 0, throttled: false };

/**
 * What follows an answer that could not be read: the same group is asked again, told what was wrong, or `undefined`: it was asked as
 * often as it may be, or asking would not help. Neither `maxRetries` nor the retry budget is drawn on: they are for deployments that
 * fail, and this one has answered.
 */
export function reask(
  error: CompletionError,
  { asked, tries }: Pick<Journey, 'asked' | 'tries'>,
  { now }: Pick<StepRules, 'now'>,
): Step | undefined {
  const { request, output } = asked;
  const { reasked } = tries;
  const times = reasked?.times ?? 0;
  tries.lastError = error;
  if (output === undefined || !error.isRetryable || times >= output.reask) return undefined;
  if (tries.deadline - now() < 1) return undefined; // timers may ring early by a fraction
  const next = output.again(reasked?.request ?? request, error.partial ?? '');
  tries.reasked = { request: next, times: times + 1, first: reasked?.first ?? tries.estimate };
  tries.estimate = estimate(next);
  return atOnce;
}
