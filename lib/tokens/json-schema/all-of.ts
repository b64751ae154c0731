import type { JsonSchema } from './json-schema';

/**
 * Both of two schemas as one, since vendors know no `allOf`: the fields of two objects, or for each member of a union. `undefined`
 * where that cannot be said so.
 */
export function allOf(a: JsonSchema, b: JsonSchema): JsonSchema | undefined {
  if (a.anyOf !== undefined) return either(a.anyOf.map((one) => allOf(one, b)));
  if (b.anyOf !== undefined) return either(b.anyOf.map((one) => allOf(a, one)));
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  if (a.type === 'integer' && b.type === 'number' && b.enum === undefined) return a;
  if (b.type === 'integer' && a.type === 'number' && a.enum === undefined) return b;
  return a.properties === undefined || b.properties === undefined ? undefined : bothObjects(a, b);
}

function either(members: readonly (JsonSchema | undefined)[]): JsonSchema | undefined {
  const known = members.filter((one) => one !== undefined);
  return known.length === members.length ? { anyOf: known } : undefined;
}

function bothObjects(a: JsonSchema, b: JsonSchema): JsonSchema | undefined {
  const properties: Record<string, JsonSchema> = { ...a.properties };
  for (const [name, schema] of Object.entries(b.properties ?? {})) {
    const before = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const both = before === undefined ? schema : allOf(before, schema);
    if (both === undefined) return undefined;
    properties[name] = both;
  }
  return { ...a, properties, required: [...new Set([...(a.required ?? []), ...(b.required ?? [])])] };
}
