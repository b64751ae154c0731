import type { Either } from 'fp-ts/Either';
import type { CompletionError } from '../domain/error';

/** The value, or its failure thrown: for the inside of an operator. */
export function orThrow<A>(either: Either<CompletionError, A>): A {
  if (either._tag === 'Left') throw either.left;
  return either.right;
}
