import * as t from 'io-ts';

/** One of a kind, or an array of another. What an array does wrong is told element by element, as no union would. */
export function oneOrMany<A, B>(one: t.Type<A>, many: t.Type<B>, name: string): t.Type<A | readonly B[]> {
  const list = t.readonlyArray(many);
  return new t.Type<A | readonly B[]>(
    name,
    (value): value is A | readonly B[] => one.is(value) || list.is(value),
    (value, context) => {
      if (Array.isArray(value)) return list.validate(value, context);
      return one.is(value) ? t.success(value) : t.failure(value, context);
    },
    t.identity,
  );
}
