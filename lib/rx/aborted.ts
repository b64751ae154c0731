import { defer, fromEvent, map, type Observable, throwError } from 'rxjs';

/**
 * Errors with the signal's reason when it is aborted, or at once when it already was (an event that has passed does not
 * come again). Never emits, never completes. One listener, gone when unsubscribed.
 */
export function aborted(signal: AbortSignal): Observable<never> {
  return defer(() =>
    signal.aborted
      ? throwError(() => signal.reason as unknown)
      : fromEvent(signal, 'abort').pipe(
          map(() => {
            throw signal.reason;
          }),
        ),
  );
}
