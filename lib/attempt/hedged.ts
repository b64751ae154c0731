import {
  catchError,
  defer,
  EMPTY,
  filter,
  merge,
  mergeMap,
  Subject,
  take,
  takeUntil,
  tap,
  throwError,
  timer,
} from 'rxjs';
import type { Observable } from 'rxjs';
import type { Completion } from '../domain/completion';
import { isCompletionError } from '../domain/error';
import type { Permit } from '../plan/admission';
import { longestTimerMs } from '../rx/longest-timer';
import { attempt$ } from './attempt';
import { hedgePlace } from './hedge-place';
import type { Journey, RouterContext } from './journey';
import { learn } from './next-step';

/**
 * One try, of two calls when the first has been silent for too long: the first success is its answer, and of a stream the first content.
 * The other call is aborted then, before anybody hears of it. A call that fails leaves the other alone; when both have failed, it errors
 * with the later failure, and the journey's permit is that call's.
 */
export function hedged$(first: Permit, journey: Journey, context: RouterContext): Observable<Completion> {
  return defer(() => {
    const { asked, target, tries } = journey;
    const { group } = target;
    const sentAt = context.now();
    const afterMs = group.deployments.length === 1 ? Infinity : (context.hedge?.afterMs ?? Infinity);
    if (sentAt + afterMs >= tries.deadline) return attempt$(first, journey, context);
    const spoken$ = new Subject<Permit>();
    let isSpoken = false;
    let underWay = 1;

    const speak = (permit: Permit): void => {
      isSpoken = true;
      underWay = 1;
      journey.permit = permit;
      spoken$.next(permit);
    };
    const call$ = (permit: Permit, hedgedMs?: number): Observable<Completion> => {
      const spoke = (): void => {
        const isAlone = underWay === 1;
        speak(permit);
        if (!isAlone) context.freed('soon');
      };
      return attempt$(permit, journey, context, { hedgedMs, spoke }).pipe(
        tap(() => {
          speak(permit);
        }),
        catchError((error: unknown) => {
          underWay -= 1;
          if (underWay === 0 || !isCompletionError(error)) {
            journey.permit = permit;
            return throwError(() => error);
          }
          const { deployment } = permit;
          learn({ error, deployment, group: group.deployments, tries, patience: journey.patience }, context);
          context.freed();
          return EMPTY;
        }),
        takeUntil(spoken$.pipe(filter((other) => other !== permit))),
      );
    };
    const silent$ = timer(Math.min(afterMs, longestTimerMs)).pipe(takeUntil(merge(spoken$, asked.stopped$)));
    const second$ = defer(() => (isSpoken ? EMPTY : silent$)).pipe(
      mergeMap(() => {
        const permit = hedgePlace(first, journey, context);
        if (permit === undefined) return EMPTY;
        underWay += 1;
        return call$(permit, context.now() - sentAt);
      }),
    );
    return merge(call$(first), second$).pipe(take(1));
  });
}
