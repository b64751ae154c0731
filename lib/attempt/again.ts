import { of, throwError, timer, type Observable } from 'rxjs';
import { isCompletionError, type CompletionError } from '../domain/error';
import { estimate } from '../plan/limits/estimate';
import { longestTimerMs } from '../rx/longest-timer';
import { continuation } from './continuation';
import { fallBack } from './fall-back';
import type { Journey, RouterContext } from './journey';
import { nextStep } from './next-step';
import { reask } from './reask';
import { waiting } from './waiting';

/**
 * After a failed call, or without a place for one: emits when it is time for another call, with the same group or the next, or errors
 * with the failure, which then is the request's.
 */
export function again$(error: unknown, journey: Journey, context: RouterContext): Observable<unknown> {
  const { asked, target, permit, patience, tries } = journey;
  if (!isCompletionError(error)) return throwError(() => error);
  const { continuation: before } = journey;
  if (before !== undefined && error._tag === 'BadRequest') return throwError(() => before.after); // a vendor that takes no begun answer
  if (!mayFollow(error, journey)) return throwError(() => error);
  if (permit === undefined) return fallBack(error, journey, context) ? of(0) : throwError(() => error);
  const { deployment } = permit;
  const { group } = target;
  const { index, tally } = asked;
  const step =
    error._tag === 'InvalidOutput' && asked.output !== undefined
      ? reask(error, journey, context)
      : nextStep({ error, deployment, group: group.deployments, tries, patience }, context);
  if (step === undefined) {
    if (!fallBack(error, journey, context)) return throwError(() => error);
    context.freed();
    return of(0);
  }

  const { waitMs, throttled } = step;
  if (!throttled) tally.retries += 1;
  context.emit(() => {
    const event = { at: context.wallNow(), group: group.name, index, waitMs, tag: error._tag };
    return throttled
      ? { ...event, type: 'throttled', deployment: deployment.id }
      : { ...event, type: 'retry-scheduled' };
  });
  context.freed();
  return waitMs === 0 ? of(0) : timer(Math.min(waitMs, longestTimerMs)).pipe(waiting(asked));
}

/** What was heard cannot be taken back, unless its listener can be told to forget it, or another call can go on from there. */
function mayFollow(error: CompletionError, journey: Journey): boolean {
  const { asked, said, tries } = journey;
  const onBreak = said === undefined ? undefined : asked.listener?.onBreak;
  if (said === undefined || onBreak !== 'continue') return onBreak !== 'fail';
  journey.continuation = continuation(said, asked.request, error);
  if (journey.continuation === undefined) return false;
  tries.estimate = estimate(journey.continuation.request);
  return true;
}
