import type { Target } from '../plan/target';
import type { FallbackList } from './error-rules';

/** Whom to ask in turn, by the name of a group; `'*'`: whatever group. */
export type FallbackTable = ReadonlyMap<string, readonly Target[]>;

/** Whom a router asks when a group has failed. */
export interface FallbackRules extends Readonly<Record<FallbackList, FallbackTable>> {
  /** Groups that one request may ask besides its own. */
  readonly maxFallbacks: number;
}

/** Where a request has been, and where it wants to go. */
export interface Course {
  /** Whom it was meant for, and whom it has asked since; the last one has failed, or is asked now. */
  readonly asked: readonly [Target, ...Target[]];
  /** Whom the request itself names, in place of the router's `fallbacks`; `false`: nobody, whatever happens. */
  readonly own: readonly Target[] | false | undefined;
}

/**
 * Whom a request asks next when a group has failed for good: the first it has not asked yet. A special list is that of the group that
 * failed; where it has none, the general one serves: the request's own, else that of the group it was meant for, then that of the group
 * that failed.
 */
export function nextGroup(list: FallbackList, course: Course, rules: FallbackRules): Target | undefined {
  const { asked, own } = course;
  if (own === false || asked.length > rules.maxFallbacks) return undefined;
  const failed = asked[asked.length - 1] ?? asked[0];
  const special = list === 'fallbacks' ? undefined : (entry(rules[list], failed) ?? rules[list].get('*'));
  const next = special ?? own ?? general(asked[0], failed, rules.fallbacks);
  return next.find((one) => !asked.some((before) => covers(before, one)));
}

const nobody: readonly Target[] = [];

function general(meant: Target, failed: Target, fallbacks: FallbackTable): readonly Target[] {
  if (fallbacks.size === 0) return nobody; // of a router without fallbacks nothing is looked up for each request
  const first = entry(fallbacks, meant) ?? fallbacks.get('*') ?? nobody;
  const then = failed === meant ? undefined : entry(fallbacks, failed);
  return then === undefined ? first : [...first, ...then];
}

/** A model of a wildcard group may have an entry of its own. */
function entry(table: FallbackTable, { group: { name }, model }: Target): readonly Target[] | undefined {
  const own = model === undefined ? undefined : table.get(name.replace('*', () => model));
  return own ?? table.get(name);
}

/** Whether asking the one was asking the other. Two models of a wildcard group, or two deployments of a group, are not the same. */
function covers(asked: Target, { group, model, only }: Target): boolean {
  return asked.group === group && asked.model === model && (asked.only === undefined || asked.only === only);
}
