import { left, right, type Either } from 'fp-ts/Either';
import type { ObservableInput } from 'rxjs';
import { completionError, type CompletionError } from '../domain/error';
import { checkedHeaders } from './checked-headers';
import { keyProblem } from './key-problem';

type Headers = Readonly<Record<string, string>>;

/** What every provider may be given for its headers. */
export interface KeyedOptions {
  readonly apiKey?: string | (() => ObservableInput<string> & object) | undefined;
  readonly headers?: Headers | undefined;
}

/**
 * The headers of each call to one vendor, given the key that was fetched for it, if any. What is wrong with those that are fixed is a
 * `TypeError` at once. Keys live in this closure and nowhere else, so that no way of printing a provider shows one.
 *
 * @param withKey the header that this vendor wants the key in
 * @param option what its owner calls the key
 */
export function keyedHeaders(
  owner: string,
  { apiKey, headers: given }: KeyedOptions,
  withKey: (key: string) => Headers,
  option = 'apiKey',
): (key: string | undefined) => Either<CompletionError, Headers> {
  const plain = { 'content-type': 'application/json', accept: 'application/json', ...checkedHeaders(owner, given) };
  const all = (key: string): Headers => ({ ...withKey(key), ...plain });
  if (typeof apiKey === 'function') {
    return (key) => {
      const problem = key === undefined ? undefined : keyProblem(key);
      if (key !== undefined && problem === undefined) return right(all(key));
      const detail = problem === undefined ? `${option}() gave nothing.` : `What ${option}() gave ${problem}.`;
      return left(completionError({ _tag: 'Authentication', provider: owner, detail }));
    };
  }
  const problem = apiKey === undefined ? undefined : keyProblem(apiKey);
  if (problem !== undefined) throw new TypeError(`${owner}: ${option} ${problem}`);
  const fixed = right(apiKey === undefined ? plain : all(apiKey));
  return () => fixed;
}
