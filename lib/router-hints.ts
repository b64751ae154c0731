import { catchError, EMPTY, filter, ignoreElements, merge, retry, tap, type Observable, type Subject } from 'rxjs';
import type { RouterEvent } from './domain/router-event';
import type { DeploymentState } from './plan/deployment';
import { hinted } from './plan/hinted';
import type { CooldownHint, Shared } from './plan/limits/shared';

/** A router, for those who have something in common with others. */
export interface SharingRouter {
  readonly deployments: () => readonly DeploymentState[];
  readonly events: Subject<RouterEvent>;
  /** Monotonic clock (ms). */
  readonly now: () => number;
  /** Wall clock (ms since the epoch). */
  readonly wallNow: () => number;
  /** To be told when those who wait may have something to go on. */
  readonly serve: () => void;
}

/** As long as it is subscribed to: tells others of the cooldowns that we meet, and leaves alone what they have met. Never emits, never errors. */
export function routerHints$(shared: Shared, router: SharingRouter): Observable<never> {
  const { events } = router;
  const told$ = events.pipe(
    filter((event) => event.type === 'cooldown-entered'),
    tap(({ deployment, cooledForMs, cause, index }) => {
      if (index !== undefined) shared.tell({ deployment, cooledForMs, cause }); // what was hinted to us would go round for ever
    }),
    retry(), // who cannot be told goes without
  );
  const heard$ = shared.hints$.pipe(
    catchError(() => EMPTY), // they are listened to again when the router next has something to do
    tap((hint) => {
      heed(hint, router);
    }),
  );
  return merge(told$, heard$).pipe(ignoreElements());
}

function heed(hint: CooldownHint, { deployments, events, now, wallNow, serve }: SharingRouter): void {
  const one = deployments().find(({ id }) => id === hint.deployment);
  if (one === undefined) return;
  const { id, group, health: before } = one;
  const after = hinted(before, hint, now(), one);
  if (after === before) return;
  one.health = after;
  const { cause, cooledForMs } = after;
  if (cause !== undefined) {
    events.next({ type: 'cooldown-entered', at: wallNow(), group, deployment: id, cause, cooledForMs });
  }
  serve();
}
