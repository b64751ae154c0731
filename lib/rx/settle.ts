import { type Either, left, right } from 'fp-ts/Either';
import { EmptyError, from, type ObservableInput } from 'rxjs';

/**
 * Runs a piece of work and calls `done` once with what became of it: `Right` its last value; `Left` its error, what it
 * threw, or an `EmptyError` when it ended without a value. Gives back what unsubscribes: `done` is not called after that.
 */
export function settle<A>(run: () => ObservableInput<A>, done: (settled: Either<unknown, A>) => void): () => void {
  const fail = (reason: unknown): void => {
    done(left(reason));
  };
  try {
    const input = run();
    if (typeof input === 'string')
      throw new TypeError('run gave a string: give an Observable, a promise, or of(value)');
    if (input instanceof Promise) {
      // What `from` does with a promise, at a third of the price.
      let hasLeft = false;
      (input as Promise<A>).then(
        (value) => {
          if (!hasLeft) done(right(value));
        },
        (reason: unknown) => {
          if (!hasLeft) fail(reason);
        },
      );
      return () => {
        hasLeft = true;
      };
    }
    let last: Either<unknown, A> | undefined;
    const subscription = from(input).subscribe({
      next: (value) => {
        last = right(value);
      },
      error: fail,
      complete: () => {
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- `throwIfEmpty` would make it, for an operator a request
        done(last ?? left(new EmptyError()));
      },
    });
    return () => {
      subscription.unsubscribe();
    };
  } catch (reason) {
    fail(reason);
    return () => undefined;
  }
}
