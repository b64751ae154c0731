import type { Mixed } from 'io-ts';
import { shown } from '../domain/shown';
import { definitions } from './json-schema/definitions';
import type { JsonSchema } from './json-schema/json-schema';
import { schemaAt } from './json-schema/schema-at';

/**
 * The JSON schema (draft 2020-12) of a codec, for `response_format`. Whatever fits it decodes, refinements and brands apart, of which only
 * what they refine can be said. It allows no field that the codec does not name. With `strict: true` OpenAI wants an object with all of
 * its fields: write one that may be missing as `t.union([…, t.null])`, and use no `t.partial`, `t.record` or `t.tuple`.
 * Throws a `TypeError` that names the part which has no schema, such as a codec of your own, `t.unknown` or a function.
 *
 * @example
 * const City = t.type({ name: t.string, people: t.union([t.number, t.null]) });
 * const json_schema = { name: 'city', schema: jsonSchemaOf(City), strict: true };
 * completion$({ messages, response_format: { type: 'json_schema', json_schema } }, { output: withOutput(City) });
 */
export function jsonSchemaOf(codec: Mixed): JsonSchema {
  if (typeof (codec as Partial<Mixed> | null | undefined)?.decode !== 'function') {
    throw new TypeError(`jsonSchemaOf: the codec must be one of io-ts, not ${shown(codec)}`);
  }
  const its = definitions();
  return its.complete(schemaAt('', codec, its));
}
