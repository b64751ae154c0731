import type { CompletionError, Tag } from '../domain/error';
import type { Attempt } from '../domain/result';
import type { RouterEvent } from '../domain/router-event';
import type { CallEnd } from '../plan/settle';
import { ruleFor } from './error-rules';

/** What a vendor says to a model that it has not, or not for this key. */
const ofModels: readonly Tag[] = ['NotFound', 'PermissionDenied'];

/**
 * How a call ended that failed: a total deadline that passed in it is our doing, not the deployment's.
 *
 * @param ofAnyModel whether the deployment serves any: that one of them is not to be had says nothing of it
 */
export function failed(error: CompletionError, ofAnyModel: boolean): Pick<CallEnd, 'ended' | 'verdict' | 'error'> {
  const { again, ...rule } = ruleFor(error);
  const verdict = ofAnyModel && ofModels.includes(error._tag) ? 'none' : rule.verdict;
  if (error._tag === 'Timeout' && error.phase === 'total') return { ended: 'aborted', verdict, error };
  return { ended: again === 'throttle' ? 'throttled' : 'failed', verdict, error };
}

/** A call's end as it stands in a row. */
export function noted(
  deployment: string,
  startedAt: number,
  { ended, elapsedMs, error, usage, cost, hedge }: CallEnd,
): Attempt {
  return {
    deployment,
    startedAt,
    elapsedMs,
    ended,
    ...(error === undefined ? {} : { error }),
    ...(usage === undefined ? {} : { usage }),
    ...(cost === undefined ? {} : { cost }),
    ...(hedge === undefined ? {} : { hedge }),
  };
}

type Ending = Extract<RouterEvent, { readonly elapsedMs: number }>;

/** A call's end as an event. */
export function told(call: CallEnd, where: Omit<Ending, 'type' | 'elapsedMs' | 'tag'>): RouterEvent {
  const { ended, error, elapsedMs } = call;
  if (ended === 'ok') return { ...where, type: 'attempt-succeeded', elapsedMs };
  if (ended === 'aborted' || error === undefined) return { ...where, type: 'attempt-aborted', elapsedMs };
  return { ...where, type: 'attempt-failed', elapsedMs, tag: error._tag };
}
