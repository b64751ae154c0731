import { isObservable } from 'rxjs';

/** How an input is read. */
export type InputKind = 'observable' | 'async-iterable' | 'iterable' | 'promise';

/**
 * How a value can be read as many items. Throws a `TypeError` for one that cannot, and for a string, whose items would
 * be its characters. The message never shows the value: it may be a prompt.
 */
export function inputKind(input: unknown): InputKind {
  if (typeof input === 'string') throw new TypeError('requests is a string: wrap it in an array');
  if (typeof input === 'object' && input !== null) {
    if (isObservable(input) || has(input, interop)) return 'observable';
    if (has(input, Symbol.asyncIterator)) return 'async-iterable';
    if (has(input, Symbol.iterator)) return 'iterable';
    if (has(input, 'then')) return 'promise';
    if (has(input, 'getReader')) return 'observable'; // a ReadableStream where browsers cannot iterate it
  }
  const hint = typeof input === 'object' && input !== null ? ': wrap a single request in an array' : '';
  throw new TypeError(
    'requests must be an iterable, an async iterable, an Observable or a promise of an iterable, ' +
      `not ${input === null ? 'null' : typeof input}${hint}`,
  );
}

/** The key under which Observables of other libraries offer themselves, as rxjs looks it up. */
const interop: PropertyKey = (Symbol as { readonly observable?: symbol }).observable ?? '@@observable';

function has(input: object, method: PropertyKey): boolean {
  return method in input && typeof (input as Readonly<Record<PropertyKey, unknown>>)[method] === 'function';
}
