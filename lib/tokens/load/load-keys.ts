import type { CreateTokenizerSettings } from './create-tokenizer-settings';
import type { LoadKeys } from './load-cache';

/**
 * What makes two calls of `createTokenizer` equal, given the token that was fetched. A failure without a token says nothing of a call with
 * one, nor one within a second of a call that may take a minute.
 *
 * @param workingFolder what a relative folder and a package depend on
 */
export function loadKeys(
  id: string,
  settings: CreateTokenizerSettings,
  workingFolder: string,
): (token: string | undefined) => LoadKeys {
  const { source, revision, offline, timeoutMs, maxBytes, transport } = settings;
  const what = [id, source, revision, settings.token !== undefined, workingFolder];
  const value = JSON.stringify(what);
  return (token) => ({
    value,
    call: JSON.stringify([...what, token, offline, String(timeoutMs), maxBytes, numberOf(transport)]),
  });
}

let count = 0;
const numbers = new WeakMap<object, number>();

/** A number for each object, the same for the same one. */
function numberOf(object: object | undefined): number | undefined {
  if (object === undefined) return undefined;
  const number = numbers.get(object) ?? ++count;
  numbers.set(object, number);
  return number;
}
