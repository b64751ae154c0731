import { from, map, pipe, takeUntil, type MonoTypeOperatorFunction, type ObservableInput } from 'rxjs';
import { teardownFirst } from './teardown-first';

/**
 * Ends the source with an error at the notifier's first value, after tearing it down. A notifier that has a value already keeps
 * the source from being subscribed; one that completes without a value changes nothing.
 *
 * @param reason makes the error from the notifier's value
 */
export function interruptedBy<A, N>(
  notifier: ObservableInput<N>,
  reason: (value: N) => unknown,
): MonoTypeOperatorFunction<A> {
  const interruption$ = from(notifier).pipe(
    map((value) => {
      throw reason(value);
    }),
  );
  return pipe(takeUntil<A>(interruption$), teardownFirst());
}
