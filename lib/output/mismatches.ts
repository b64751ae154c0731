import type { Context, Errors, ValidationError } from 'io-ts';
import { plainType } from './plain-type';

/** A place where a value is not what a codec wants. */
export interface Mismatch {
  /** Where, in the value's own names, and what was wanted: for whoever has written the value. */
  readonly told: string;
  /** The same without anything of the value, not even the keys of its records: for our errors, which may be logged. */
  readonly shown: string;
}

/**
 * Where a value does not fit, each place once. Of a union it is what its only member says that came further than its beginning, as of
 * something or `null`; else that it fits no member.
 */
export function mismatches(errors: Errors): readonly Mismatch[] {
  const inUnions = furthest(errors);
  const found = new Map<string, Mismatch>();
  for (const error of errors) {
    const context = upTo(error.context, inUnions);
    if (context === undefined) continue;
    const mismatch = mismatchAt(context, error);
    found.set(mismatch.told, mismatch);
  }
  return [...found.values()];
}

/** For each place of a union, the members in which something further in is wrong. */
function furthest(errors: Errors): ReadonlyMap<string, ReadonlySet<string>> {
  const members = new Map<string, Set<string>>();
  for (const { context } of errors) {
    for (const [i, { type }] of context.entries()) {
      const member = context[i + 1];
      if (member === undefined || tagOf(type) !== 'UnionType' || !goesOn(context, i + 2)) continue;
      const place = keyOf(context, i);
      members.set(place, (members.get(place) ?? new Set()).add(member.key));
    }
  }
  return members;
}

/** The context without what is told better by its union; `undefined`: another error tells it. */
function upTo(context: Context, inUnions: ReadonlyMap<string, ReadonlySet<string>>): Context | undefined {
  for (const [i, { type }] of context.entries()) {
    const member = context[i + 1];
    if (member === undefined || tagOf(type) !== 'UnionType') continue;
    const members = inUnions.get(keyOf(context, i)) ?? nobody;
    if (members.size !== 1) return context.slice(0, i + 1);
    if (!members.has(member.key)) return undefined;
  }
  return context;
}

const nobody: ReadonlySet<string> = new Set();

/** Whether a path goes on from there: to more than another part of an intersection, or member of a union. */
function goesOn(context: Context, from: number): boolean {
  return context.some((_, i) => i >= from && !isInner(context, i));
}

/** Parts of an intersection and members of a union are numbered; that is no path. */
function isInner(context: Context, i: number): boolean {
  const whole = context[i - 1];
  return whole !== undefined && ['IntersectionType', 'UnionType'].includes(tagOf(whole.type));
}

function mismatchAt(context: Context, { message, context: whole }: ValidationError): Mismatch {
  const last = context.at(-1);
  const expected = `expected ${short(last?.type.name ?? 'another value', longestName)}`;
  const own = context.length === whole.length ? message : undefined; // a codec's own words are about the innermost place, and may quote it
  const told = own === undefined ? `${expected}, got ${kindOf(last?.actual)}` : short(own, longestWords);
  return { told: at(pathOf(context, false), told), shown: at(pathOf(context, true), expected) };
}

function at(path: string, said: string): string {
  return path === '' ? said : `${path}: ${said}`;
}

const lists: readonly string[] = ['ArrayType', 'ReadonlyArrayType', 'TupleType'];
/** Those whose keys are the codec's own; all others' may be content. */
const records: readonly string[] = ['InterfaceType', 'PartialType'];

/** @param isMasked without keys that may be content */
function pathOf(context: Context, isMasked: boolean): string {
  return context
    .flatMap(({ key }, i) => {
      const whole = context[i - 1];
      if (whole === undefined || isInner(context, i)) return [];
      const tag = tagOf(whole.type);
      if (lists.includes(tag)) return [`[${key}]`];
      return isMasked && !records.includes(tag) ? ['[…]'] : [`.${short(key, longestKey)}`];
    })
    .join('')
    .replace(/^\./, '');
}

function keyOf(context: Context, last: number): string {
  return JSON.stringify(context.slice(0, last + 1).map(({ key }) => key));
}

function tagOf(codec: object): string {
  const { _tag }: { readonly _tag?: unknown } = plainType(codec);
  return typeof _tag === 'string' ? _tag : '';
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const [longestKey, longestName, longestWords] = [40, 80, 200];

function short(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
