import * as t from 'io-ts';

/** The codec, or `undefined`. Unlike a union it leaves no trace in the path of an error. */
export function maybe<A>(codec: t.Type<A>): t.Type<A | undefined> {
  return or(codec, (value) => value === undefined);
}

/** The codec, `null` or `undefined`: vendors' bodies and OpenAI's own types use `null` for "not given". */
export function nullable<A>(codec: t.Type<A>): t.Type<A | null | undefined> {
  return or(codec, (value) => value === undefined || value === null);
}

function or<A, B>(codec: t.Type<A>, isAbsent: (value: unknown) => value is B): t.Type<A | B> {
  const optional = new t.Type<A | B>(
    codec.name,
    (value): value is A | B => isAbsent(value) || codec.is(value),
    (value, context) => (isAbsent(value) ? t.success(value) : codec.validate(value, context)),
    t.identity,
  );
  return Object.assign(optional, { inner: codec }); // what `explain` looks at
}
