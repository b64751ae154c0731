import type { Context, ContextEntry, Errors, ValidationError } from 'io-ts';
import { shortName } from './short-name';
import { shown } from './shown';

/**
 * What is wrong with a value, a line for each place: `messages[0].role: expected a role, got a string`.
 * The value itself is shown only when it is a number or a boolean: strings may be prompts or keys.
 */
export function explain(errors: Errors): readonly string[] {
  return [...new Set(errors.map(line))];
}

function line({ context, message }: ValidationError): string {
  const place = ownPlace(context);
  const last = place.at(-1);
  const said = message ?? `expected ${last?.type.name ?? 'another value'}, got ${shown(last?.actual)}`;
  const path = pathOf(place);
  return path === '' ? said : `${path}: ${said}`;
}

/**
 * Up to the first union, which fails once for each member: its own name says it better, and once.
 * And not down to the part of an intersection that is no object at all: the whole has the name.
 */
function ownPlace(context: Context): readonly ContextEntry[] {
  const union = context.findIndex(({ type }) => tagOf(type) === 'UnionType');
  let end = union === -1 ? context.length : union + 1;
  while (end > 1 && isPart(context, end - 1)) end -= 1;
  return context.slice(0, end);
}

function pathOf(context: Context): string {
  return context
    .filter(({ key }, i) => key !== '' && !isPart(context, i))
    .map(({ key }) => (/^\d+$/.test(key) ? `[${key}]` : `.${shortName(key)}`))
    .join('')
    .replace(/^\./, '');
}

/** Parts of an intersection are numbered; that is no path. */
function isPart(context: Context, i: number): boolean {
  const whole = context[i - 1];
  return whole !== undefined && tagOf(whole.type) === 'IntersectionType';
}

/** A refinement and an optional field stand in the path for the codec inside them. */
function tagOf(type: object): unknown {
  if ('inner' in type && typeof type.inner === 'object' && type.inner !== null) return tagOf(type.inner);
  const { _tag, type: refined } = type as { readonly _tag?: unknown; readonly type?: unknown };
  return _tag === 'RefinementType' && typeof refined === 'object' && refined !== null ? tagOf(refined) : _tag;
}
