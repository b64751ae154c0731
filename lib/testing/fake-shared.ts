import { defer, delay, finalize, identity, mergeMap, of, Subject, timer } from 'rxjs';
import { knownOptions } from '../domain/known-options';
import type { CooldownHint, Shared } from '../plan/limits/shared';
import { fakeLimit, type FakeLimit } from './fake-limit';

export interface FakeSharedOptions {
  /**
   * Calls or tokens a minute, by the keys that routers ask for: `deployment:<id>:requests`, `quota:<name>:tokens`. Of what is not named
   * here there is no end.
   */
  readonly limits?: Readonly<Record<string, number>> | undefined;
  /** How long a wish, or a hint, is on its way (ms). Default 0: it is there in the same tick. */
  readonly delayMs?: number | undefined;
  /** How long a lease may be used (ms). Default 2 000. */
  readonly validMs?: number | undefined;
  /** The most that is handed out at a time. Default: what is asked for. */
  readonly slice?: number | undefined;
}

export interface FakeShared extends Shared {
  /** Every hint so far, in the order of telling. */
  readonly hints: readonly CooldownHint[];
  /** What has been handed out of a limit so far, less what was given back. */
  readonly used: (key: string) => number;
  /** Now: wishes that wait for a lease, and routers that listen for hints. */
  readonly stats: () => { readonly wishes: number; readonly listeners: number };
}

/**
 * What several routers share, in one process and without a network: give it to each of them as `shared`. Wishes for a limit are served in
 * order. Of all leases together no more than the limit can be used in any 60 s, though each be used as late as it is valid. A hint is
 * heard by every router that has something to do, the one that told it included.
 *
 * @example
 * const shared = fakeShared({ limits: { 'deployment:a:requests': 60 }, delayMs: 20 });
 * const routers = [1, 2].map(() => createRouter({ shared, deployments: [{ group: 'fast', id: 'a', rpm: 60, ...fake }] }));
 */
export function fakeShared(options: FakeSharedOptions = {}): FakeShared {
  knownOptions('fakeShared', options, ['limits', 'delayMs', 'validMs', 'slice']);
  const { limits = {}, delayMs = 0, validMs = 2000, slice = Infinity } = options;
  const known = new Map<string, FakeLimit>();
  const hints: CooldownHint[] = [];
  const told = new Subject<CooldownHint>();
  let [wishes, listeners] = [0, 0];

  const limitOf = (key: string): number => (Object.hasOwn(limits, key) ? limits[key] : undefined) ?? Infinity;
  const limit = (key: string): FakeLimit => {
    const its = known.get(key) ?? fakeLimit(limitOf(key), validMs);
    known.set(key, its);
    return its;
  };

  return {
    acquire: (key, amount) =>
      defer(() => {
        wishes += 1;
        const underWay$ = delayMs === 0 ? of(0) : timer(delayMs);
        return underWay$.pipe(
          mergeMap(() => limit(key).lease$(Math.min(amount, slice, limitOf(key)))),
          finalize(() => (wishes -= 1)),
        );
      }),
    hints$: defer(() => {
      listeners += 1;
      return told.pipe(
        delayMs === 0 ? identity : delay(delayMs),
        finalize(() => (listeners -= 1)),
      );
    }),
    tell: (hint) => {
      hints.push(hint);
      told.next(hint);
    },
    hints,
    used: (key) => known.get(key)?.used() ?? 0,
    stats: () => ({ wishes, listeners }),
  };
}
