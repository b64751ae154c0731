import { UnknownRecord } from 'io-ts';

const ofOne = ['items', 'additionalProperties', 'not'];
const ofMany = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const ofNamed = ['properties', '$defs', 'definitions'];

/**
 * A JSON schema with `enum` of one for `const`, which Google passes over without a word, so that any value would do. It knows
 * enums of strings and numbers only; other constants stay as they are. What else it does not know it ignores by itself.
 */
export function geminiSchema(schema: unknown): unknown {
  if (!UnknownRecord.is(schema) || Array.isArray(schema)) return schema;
  const { const: constant, ...rest } = schema;
  const fixed =
    typeof constant === 'string' || typeof constant === 'number'
      ? { enum: [constant] }
      : constant === undefined
        ? {}
        : { const: constant };
  const inner = Object.entries(rest).map(([keyword, value]): [string, unknown] => {
    if (ofOne.includes(keyword)) return [keyword, Array.isArray(value) ? value.map(geminiSchema) : geminiSchema(value)];
    if (ofMany.includes(keyword) && Array.isArray(value)) return [keyword, value.map(geminiSchema)];
    if (!ofNamed.includes(keyword) || !UnknownRecord.is(value)) return [keyword, value];
    return [keyword, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, geminiSchema(one)]))];
  });
  return { ...Object.fromEntries(inner), ...fixed };
}
