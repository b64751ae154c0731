import { defer, of, tap, throwError, type Observable } from 'rxjs';
import { sharedCalls } from '../../bulk/shared-calls';

export interface LoadKeys {
  /** What is loaded. */
  readonly value: string;
  /** What is loaded, and all that decides whether that succeeds. */
  readonly call: string;
}

export interface FailureClock {
  /** How long a failure answers for equal calls (ms). */
  readonly failureTtlMs: number;
  /** Monotonic clock (ms). */
  readonly now: () => number;
}

/** What has been loaded. */
export interface LoadCache<A> {
  readonly loaded: (valueKey: string) => A | undefined;
  /**
   * What has been loaded, else the failure of an equal call that is not too old, else an equal call under way, else a new one. Emits and
   * completes, or errors. The call is aborted when the last who waits for it leaves.
   */
  readonly load$: (keys: LoadKeys, load: () => Observable<A>, clock: FailureClock) => Observable<A>;
}

/** Keeps what was loaded for ever, and failures for a time. No timer: a failure is forgotten when the next one comes, or its own call again. */
export function loadCache<A>(): LoadCache<A> {
  const values = new Map<string, A>();
  const failures = new Map<string, { readonly reason: unknown; readonly until: number }>();
  const calls = sharedCalls<A>();

  function remember(key: string, reason: unknown, { failureTtlMs, now }: FailureClock): void {
    for (const [other, { until }] of failures) if (until <= now()) failures.delete(other);
    failures.set(key, { reason, until: now() + failureTtlMs });
  }

  return {
    loaded: (valueKey) => values.get(valueKey),
    load$: ({ value, call }, load, clock) =>
      defer(() => {
        const known = values.get(value);
        if (known !== undefined) return of(known);
        const failure = failures.get(call);
        if (failure !== undefined && clock.now() < failure.until) return throwError(() => failure.reason);
        return calls.call$(call, () =>
          load().pipe(
            tap({
              next: (loaded) => values.set(value, loaded),
              error: (reason: unknown) => {
                remember(call, reason, clock);
              },
            }),
          ),
        );
      }),
  };
}
