import { defer, filter, finalize, retry, Subscription, take, tap, throwIfEmpty, timer } from 'rxjs';
import type { DeploymentState } from './plan/deployment';
import { hold, leased, letGo, type Leased } from './plan/limits/leased';
import type { Quota } from './plan/limits/quota';
import type { Rate } from './plan/limits/rate';
import type { Lease, Shared } from './plan/limits/shared';
import type { SharingRouter } from './router-hints';
import { longestTimerMs } from './rx/longest-timer';

/** Leases of the limits that several processes share. */
export interface RouterLeases {
  /** From now on these draw on their limits as far as leases go. */
  readonly cover: (deployments: readonly DeploymentState[], quotas: Iterable<Quota>) => void;
  /** Withdraws every wish, and gives back what is left of every lease. */
  readonly giveBack: () => void;
}

/** How long nobody is asked again who could not be asked, or who gave nothing of use. */
const pauseMs = 1000;

/**
 * Asks for one lease of a limit at a time, when a waiter wants it, and holds it as long as it is valid. A failure is no lease, and is
 * followed by another wish a second later: requests wait meanwhile, and none is sent without a lease.
 */
export function routerLeases(shared: Shared, { now, serve }: Pick<SharingRouter, 'now' | 'serve'>): RouterLeases {
  let open = new Subscription();

  const leasedOf = (key: string): Leased => {
    let wish = Subscription.EMPTY;
    const its = leased((amount) => {
      if (!wish.closed) return;
      const wished = new Subscription();
      wish = wished;
      open.add(wished);
      const lease$ = defer(() => shared.acquire(key, amount)).pipe(
        filter(isOfUse),
        take(1),
        throwIfEmpty(),
        retry({ delay: pauseMs }),
        tap((lease) => {
          wished.unsubscribe(); // before anybody is served, who may want the next one
          keep(its, lease);
          serve();
        }),
      );
      wished.add(lease$.subscribe());
    });
    return its;
  };

  const keep = (its: Leased, lease: Lease): void => {
    const one = hold(its, lease, now());
    const valid$ = timer(Math.min(lease.validMs, longestTimerMs)).pipe(
      finalize(() => {
        letGo(its, one);
      }),
    );
    open.add(valid$.subscribe());
  };

  const cover = (name: string, rates: readonly Rate[]): void => {
    for (const rate of rates) rate.leased ??= leasedOf(`${name}:${rate.counts}`);
  };

  return {
    cover: (deployments, quotas) => {
      for (const { id, rates } of deployments) cover(`deployment:${id}`, rates);
      for (const { name, rates } of quotas) cover(`quota:${name}`, rates);
    },
    giveBack: () => {
      const closing = open;
      open = new Subscription(); // whoever is given something may ask us at once
      closing.unsubscribe();
    },
  };
}

function isOfUse({ amount, validMs }: Lease): boolean {
  return amount > 0 && validMs > 0;
}
