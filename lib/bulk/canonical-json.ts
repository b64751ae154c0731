/**
 * JSON in which equal values are equal text: the fields of objects in the order of their names, without white space. What JSON has no
 * word for is left out or `null`, as `JSON.stringify` has it; a bigint throws its `TypeError`, a cycle a `RangeError`.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sorted) ?? 'null'; // eslint-disable-line @typescript-eslint/no-unnecessary-condition -- of a function it is undefined
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
