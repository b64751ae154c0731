import { AsyncSubject, defer, type Observable, type ObservableInput, share, tap } from 'rxjs';

/** The calls under way that equal requests of a run share. */
export interface SharedCalls<A> {
  /** Whether a call with this key is under way. */
  readonly has: (key: string) => boolean;
  /**
   * The call under way with this key, else a new one, made by `run`. Emits its last value when it completes, errors when it does, and is
   * over then: who comes later makes another. It is aborted when the last who waits for it leaves.
   */
  readonly call$: (key: string, run: () => ObservableInput<A>) => Observable<A>;
}

export function sharedCalls<A>(): SharedCalls<A> {
  const underWay = new Map<string, Observable<A>>();
  return {
    has: (key) => underWay.has(key),
    call$: (key, run) => {
      const known = underWay.get(key);
      if (known !== undefined) return known;
      const forget = (): void => {
        underWay.delete(key);
      };
      const call$ = defer(run).pipe(
        tap({ complete: forget, error: forget, unsubscribe: forget }), // before anybody hears of it: a lane takes the next at once
        share({ connector: () => new AsyncSubject() }),
      );
      underWay.set(key, call$);
      return call$;
    },
  };
}
