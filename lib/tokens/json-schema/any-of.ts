import type { JsonSchema } from './json-schema';

/** Either of several schemas: one list of what is allowed where they are such lists, and each schema once. */
export function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const flat = schemas.flatMap((schema) => schema.anyOf ?? [schema]);
  const lists = new Map<JsonSchema['type'], JsonSchema>();
  const members = new Map<string, JsonSchema>();
  for (const one of flat) {
    const before = lists.get(one.type);
    if (one.enum === undefined) members.set(JSON.stringify(one), one);
    else if (before === undefined) lists.set(one.type, one);
    else lists.set(one.type, { ...before, enum: [...new Set([...(before.enum ?? []), ...one.enum])] });
  }
  const all = [...lists.values(), ...members.values()];
  const [only] = all;
  return all.length === 1 && only !== undefined ? only : { anyOf: all };
}
