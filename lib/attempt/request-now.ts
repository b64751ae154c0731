import type { CompletionRequest } from '../domain/request';
import type { Journey } from './journey';

/** What the next call asks: the request as it was given, or with what has been said since. */
export function requestNow({ continuation, tries, asked }: Journey): CompletionRequest {
  return continuation?.request ?? tries.reasked?.request ?? asked.request;
}
