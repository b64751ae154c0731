import * as t from 'io-ts';
import { nearest } from './nearest';

/** So many get a hint, which takes long to find: of more nobody reads what is said. */
const hinted = 100;

/** The codec, refusing fields that it does not list: for options, where an unknown name is a typo. */
export function only<A>(props: t.Props, codec: t.Type<A>): t.Type<A> {
  const names = Object.keys(props);
  return new t.Type(
    codec.name,
    codec.is,
    (value, context) => {
      const decoded = codec.validate(value, context);
      if (!t.UnknownRecord.is(value)) return decoded;
      const strangers = Object.keys(value)
        .filter((key) => !Object.hasOwn(props, key))
        .map((key, i) => ({
          value: undefined,
          context: t.appendContext(context, key, codec),
          message: `no such field${i < hinted ? hint(key, names) : ''}; known are ${names.join(', ')}`,
        }));
      if (strangers.length === 0) return decoded;
      return t.failures([...(decoded._tag === 'Left' ? decoded.left : []), ...strangers]);
    },
    t.identity,
  );
}

function hint(key: string, names: readonly string[]): string {
  const meant = nearest(key, names);
  return meant === undefined ? '' : `, did you mean ${meant}`;
}
