import type { Mixed } from 'io-ts';
import type { JsonSchema } from './json-schema';

/** What a schema refers to: the recursive codecs in it, each defined once. */
export interface Definitions {
  /** A reference to the schema of a codec, which is made at the first. */
  readonly refer: (codec: Mixed, make: () => JsonSchema) => JsonSchema;
  /** The schema with its definitions; one that is a mere reference in full, since vendors want an object to begin with. */
  readonly complete: (schema: JsonSchema) => JsonSchema;
}

const prefix = '#/$defs/';

export function definitions(): Definitions {
  const names = new Map<Mixed, string>();
  const schemas = new Map<string, JsonSchema>();
  return {
    refer: (codec, make) => {
      const known = names.get(codec);
      if (known !== undefined) return { $ref: `${prefix}${known}` };
      const name = freeName(codec.name, new Set(names.values()));
      names.set(codec, name);
      schemas.set(name, make());
      return { $ref: `${prefix}${name}` };
    },
    complete: (schema) => {
      if (schemas.size === 0) return schema;
      const own = schema.$ref === undefined ? undefined : schemas.get(schema.$ref.slice(prefix.length));
      return { ...(own ?? schema), $defs: Object.fromEntries(schemas) };
    },
  };
}

/** Of a name what needs no escape in a reference; two codecs may have the same. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const plain = name.replaceAll(/[^\w-]/g, '_');
  let free = plain;
  for (let number = 2; taken.has(free); number += 1) free = `${plain}-${String(number)}`;
  return free;
}
