import * as t from 'io-ts';

/** The codec of a value of which only a predicate can tell. */
export function known<A>(name: string, is: (value: unknown) => boolean): t.Type<A> {
  const guard = (value: unknown): value is A => is(value);
  return new t.Type(
    name,
    guard,
    (value, context) => (guard(value) ? t.success(value) : t.failure(value, context)),
    t.identity,
  );
}
