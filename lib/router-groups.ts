/** The groups that a run is to ask, each once. Throws a `TypeError` that says what was given instead. */
export function routerGroups(groups: unknown): readonly string[] {
  if (Array.isArray(groups) && groups.length > 0 && groups.every(isName)) return [...new Set(groups)];
  throw new TypeError(`groups must be names of groups, at least one, as ['fast', 'smart'], not ${shown(groups)}`);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
