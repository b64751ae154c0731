import * as t from 'io-ts';

/** The codec, or `undefined`. Unlike a union it leaves no trace in the path of an error. */
export function maybe<A>(codec: t.Type<A>): t.Type<A | undefined> {
  return new t.Type(
    codec.name,
    (value): value is A | undefined => value === undefined || codec.is(value),
    (value, context) => (value === undefined ? t.success(value) : codec.validate(value, context)),
    t.identity,
  );
}

/** The codec, `null` or `undefined`: vendors' bodies and OpenAI's own types use `null` for "not given". */
export function nullable<A>(codec: t.Type<A>): t.Type<A | null | undefined> {
  return new t.Type<A | null | undefined>(
    codec.name,
    (value): value is A | null | undefined => value === undefined || value === null || codec.is(value),
    (value, context) => (value === undefined || value === null ? t.success(value) : codec.validate(value, context)),
    t.identity,
  );
}
