import { defer, EMPTY, ignoreElements, tap, timeout, type Observable } from 'rxjs';
import { counted } from '../plan/limits/counted';
import { longestTimerMs } from '../rx/longest-timer';
import type { Journey, RouterContext } from './journey';
import { requestNow } from './request-now';
import { waiting } from './waiting';

/**
 * Before a request asks for a place: counts its tokens for the models of its group, unless they are counted. Emits nothing; completes when
 * that is done, or when the request's time is over.
 */
export function counting$(journey: Journey, context: RouterContext): Observable<never> {
  return defer(() => {
    const { asked, target, tries } = journey;
    const { countTokens, now, emit, wallNow } = context;
    if (countTokens === undefined || tries.estimate.counts !== undefined) return EMPTY;
    const { group, only, model } = target;
    const failed = (named: string): void => {
      emit(() => ({ type: 'count-failed', at: wallNow(), group: group.name, index: asked.index, model: named }));
    };
    const deployments = only === undefined ? group.deployments : [only];
    const leftMs = tries.deadline - now();
    return counted(requestNow(journey), tries.estimate, deployments, model, { countTokens, failed }).pipe(
      leftMs === Infinity
        ? (source) => source
        : timeout({ first: Math.min(Math.max(0, leftMs), longestTimerMs), with: () => EMPTY }),
      tap((estimate) => {
        tries.estimate = estimate;
      }),
      waiting(asked),
      ignoreElements(),
    );
  });
}
