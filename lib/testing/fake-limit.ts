import { asyncScheduler, defer, finalize, mergeMap, NEVER, of, startWith, Subject, switchMap, take, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Lease } from '../plan/limits/shared';

/** What was handed out, and came back since. */
interface HandedOut {
  readonly amount: number;
  /** On rxjs's clock (ms). */
  readonly at: number;
  givenBack: number;
}

/** One limit a minute of those that a fake shares out. */
export interface FakeLimit {
  /** Emits one lease of this amount when all before it have theirs and so much is free; unsubscribing leaves the line. */
  readonly lease$: (amount: number) => Observable<Lease>;
  /** What has been handed out so far, less what was given back. */
  readonly used: () => number;
}

/** A lease counts from when it is handed out until 60 s after its end: it may have been used as late as that. */
export function fakeLimit(limit: number, validMs: number): FakeLimit {
  const keptMs = 60_000 + validMs;
  const handedOut: HandedOut[] = [];
  const line: object[] = [];
  const changed = new Subject<void>();

  const freeIn = (amount: number): number => {
    const now = asyncScheduler.now();
    const counted = handedOut.filter(({ at }) => at + keptMs > now);
    let [free, over] = [now, counted.reduce((sum, one) => sum + inUse(one), amount - limit)];
    for (const one of counted) {
      if (over <= 0) break;
      over -= inUse(one);
      free = one.at + keptMs;
    }
    return free - now;
  };

  const handOut = (amount: number): Lease => {
    const lease: HandedOut = { amount, at: asyncScheduler.now(), givenBack: 0 };
    handedOut.push(lease);
    return {
      amount,
      validMs,
      giveBack: (unused) => {
        lease.givenBack += unused;
        changed.next();
      },
    };
  };

  return {
    used: () => handedOut.reduce((sum, one) => sum + inUse(one), 0),
    lease$: (amount) =>
      defer(() => {
        const wish = {};
        line.push(wish);
        const turn$: Observable<Lease> = defer(() => {
          if (line[0] !== wish) return NEVER;
          const waitMs = freeIn(amount);
          return waitMs > 0 ? timer(waitMs).pipe(mergeMap(() => turn$)) : of(handOut(amount));
        });
        return changed.pipe(
          startWith(undefined),
          switchMap(() => turn$),
          take(1),
          finalize(() => {
            line.splice(line.indexOf(wish), 1);
            changed.next();
          }),
        );
      }),
  };
}

function inUse({ amount, givenBack }: HandedOut): number {
  return amount - givenBack;
}
