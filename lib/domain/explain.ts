import type { ContextEntry, Errors, ValidationError } from 'io-ts';

/**
 * What is wrong with a value, a line for each place: `messages[0].role: expected a role, got a string`.
 * The value itself is shown only when it is a number or a boolean: strings may be prompts or keys.
 */
export function explain(errors: Errors): readonly string[] {
  return [...new Set(errors.map(line))];
}

function line({ context, message }: ValidationError): string {
  const place = upToUnion(context);
  const last = place.at(-1);
  const said = message ?? `expected ${last?.type.name ?? 'another value'}, got ${shown(last?.actual)}`;
  const path = pathOf(place);
  return path === '' ? said : `${path}: ${said}`;
}

/** A union fails once for each member; its own name says it better, and once. */
function upToUnion(context: readonly ContextEntry[]): readonly ContextEntry[] {
  const union = context.findIndex((entry) => tagOf(entry) === 'UnionType');
  return union === -1 ? context : context.slice(0, union + 1);
}

function pathOf(context: readonly ContextEntry[]): string {
  return context
    .filter((entry, i) => entry.key !== '' && tagOf(context[i - 1]) !== 'IntersectionType')
    .map(({ key }) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

function tagOf(entry: ContextEntry | undefined): unknown {
  return entry === undefined ? undefined : (entry.type as { readonly _tag?: unknown })._tag;
}

function shown(value: unknown): string {
  if (value === undefined || value === null || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
