import { asyncScheduler, defer, ignoreElements, map, mergeMap, merge, of, tap, timer, type Observable } from 'rxjs';
import { admit$, serve, type AdmissionRules, type Group } from '../../lib/plan/admission';
import type { Ask } from '../../lib/plan/choose';
import { settle, type CallEnd } from '../../lib/plan/settle';
import { askOf } from './ask-of';

/** The virtual clock, and chance that is none: of equal deployments the first is taken. */
export const virtualRules: AdmissionRules = {
  now: () => asyncScheduler.now(),
  random: () => 0,
  whenExhausted: 'wait',
};

interface Client extends Partial<Ask> {
  readonly arrival: number;
  readonly priority?: number;
  /** How long its call takes (ms); 0: it is synchronous. */
  readonly ms: number;
  /** How its call ends. Default: well. */
  readonly end?: Omit<CallEnd, 'elapsedMs'>;
}

/**
 * Waits for a place, makes a call, and gives the place back: emits the id of the deployment when it has got it (with a `!`, if it is
 * to probe it), or the tag of the failure, and completes when its call has ended.
 */
export function client$(
  to: Group,
  { arrival, priority = 5, ms, end, ...ask }: Client,
  rules = virtualRules,
): Observable<string> {
  return admit$(to, askOf(ask), { priority, arrival }, rules).pipe(
    mergeMap((answer) => {
      if (answer._tag === 'Left') return of(answer.left._tag);
      const permit = answer.right;
      const settled = (how: Omit<CallEnd, 'elapsedMs'>): void => {
        settle(permit, { ...how, elapsedMs: ms }, rules.now());
        serve(to.pool, rules);
      };
      const call$ = (ms === 0 ? of(0) : timer(ms)).pipe(
        tap({
          next: () => {
            settled(end ?? { ended: 'ok', verdict: 'ok' });
          },
          unsubscribe: () => {
            settled({ ended: 'aborted', verdict: 'none' });
          },
        }),
        ignoreElements(),
      );
      const granted$ = of(`${permit.deployment.id}${permit.probe ? '!' : ''}`);
      return merge(granted$, defer(() => call$).pipe(map(String)));
    }),
  );
}
