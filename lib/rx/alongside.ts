import { identity, ignoreElements, merge, type MonoTypeOperatorFunction, type Observable, takeUntil } from 'rxjs';

/**
 * Keeps other streams subscribed for as long as the source is. Their values go nowhere; their completion changes nothing;
 * an error of theirs is an error of the source.
 */
export function alongside<T>(...others: readonly Observable<unknown>[]): MonoTypeOperatorFunction<T> {
  // A notifier that can only error: that is all of `takeUntil` that is wanted here.
  return others.length === 0 ? identity : takeUntil(merge(...others).pipe(ignoreElements()));
}
