import { left, right, type Either } from 'fp-ts/Either';
import { completionError, type CompletionError } from '../domain/error';
import { namedModel } from '../domain/named-model';

/** Nothing, or nothing behind a slash; what means another place in an address; what none can hold, half a surrogate pair. */
const noName = /(?:^|\/)\s*$|^\.\.?$|\p{Cs}/u;

/**
 * The model that one call names: the provider's own, its star filled with what is given for it. That comes with the request, so it is
 * looked at; `BadRequest` when it is no name, or when there is none.
 */
export function calledModel(own: string, given: string | undefined, provider: string): Either<CompletionError, string> {
  if (!own.includes('*')) return right(own);
  if (given !== undefined && !noName.test(given)) return right(namedModel(own, given));
  const problem =
    given === undefined
      ? `the star of its model '${own}' stands for none: ask for a name that a wildcard group serves`
      : `the name that the star of its model '${own}' stands for is none`;
  const message = `${provider}: ${problem}; the request was not sent`;
  return left(completionError({ _tag: 'BadRequest', provider, param: 'model', message }));
}
