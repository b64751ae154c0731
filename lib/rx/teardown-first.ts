import { catchError, type MonoTypeOperatorFunction, throwError } from 'rxjs';

/** Delivers an error only after the source has been torn down, so that whoever hears of it finds nothing still running. */
export function teardownFirst<T>(): MonoTypeOperatorFunction<T> {
  return catchError((reason: unknown) => throwError(() => reason)); // it unsubscribes before it goes on
}
