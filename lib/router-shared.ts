import { defer, finalize, Subscription, type Observable } from 'rxjs';
import type { Shared } from './plan/limits/shared';
import { routerHints$, type SharingRouter } from './router-hints';
import { routerLeases, type RouterLeases } from './router-leases';

/** What a router has in common with other processes. */
export interface RouterShared {
  readonly cover: RouterLeases['cover'];
  /** Goes around each request: leases are held and hints heard only while there is one. */
  readonly during: <A>(answer$: Observable<A>) => Observable<A>;
}

export function routerShared(shared: Shared, router: SharingRouter): RouterShared {
  const { cover, giveBack } = routerLeases(shared, router);
  const hints$ = routerHints$(shared, router);
  let underWay = 0;
  let hints = Subscription.EMPTY;
  const enter = (): void => {
    underWay += 1;
    if (underWay === 1) hints = hints$.subscribe();
  };
  const leave = (): void => {
    underWay -= 1;
    if (underWay > 0) return;
    hints.unsubscribe();
    giveBack();
  };
  return {
    cover,
    during: (answer$) =>
      defer(() => {
        enter();
        return answer$.pipe(finalize(leave));
      }),
  };
}
