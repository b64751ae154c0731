import * as t from 'io-ts';
import type { Fallbacks, RouterConfig } from '../config/router-config';
import { Count } from '../domain/numbers';
import type { Fields } from './fields';
import { Name } from './name';
import type { Named } from './name-check';
import type { Reading } from './reading';

type Tables = Omit<Named, 'aliases'>;

const Targets = t.readonlyArray(t.unknown, 'a list of groups');
const List = t.readonlyArray(t.record(t.string, Targets, '{ group: [groups] }'), 'a list of { group: [groups] }');
const Names = t.readonlyArray(Name, 'a list of groups');

/** The groups that are asked when one has failed. Names that nobody here answers to are left out. */
export function fallbacksOf(
  router: Fields,
  settings: Fields,
  problemIn: (named: Tables) => string | undefined,
  { unsupported }: Reading,
): Tables & Pick<RouterConfig, 'maxFallbacks'> {
  const where = (key: string): Fields => (router.has(key) ? router : settings);
  const isFine = (path: string, problem: string | undefined): boolean => {
    if (problem !== undefined) unsupported.push({ path, reason: problem });
    return problem === undefined;
  };
  const served = (table: keyof Tables, group: string, names: readonly unknown[], path: string): readonly string[] =>
    names.filter((name, i): name is string => {
      const problem =
        typeof name === 'string'
          ? problemIn({ [table]: { [group]: [name] } })
          : 'a fallback is the name of a group, alone';
      return isFine(`${path}[${String(i)}]`, problem);
    });

  const read = (table: keyof Tables, key: string): Fallbacks | undefined => {
    const fields = where(key);
    const groups: Record<string, readonly string[]> = {};
    (fields.value(key, List) ?? []).forEach((entry, i) => {
      for (const [group, targets] of Object.entries(entry)) {
        const path = `${fields.at(key)}[${String(i)}].${group}`;
        const twice = Object.hasOwn(groups, group) ? 'of several entries the first counts' : undefined;
        if (!isFine(path, twice ?? problemIn({ [table]: { ...groups, [group]: [] } }))) continue;
        const names = served(table, group, targets, path);
        if (names.length > 0) groups[group] = names;
      }
    });
    return Object.keys(groups).length === 0 ? undefined : groups;
  };

  const key = 'default_fallbacks';
  const forAll = served('fallbacks', '*', where(key).value(key, Names) ?? [], where(key).at(key));
  const fallbacks = read('fallbacks', 'fallbacks');
  const inSettings = settings.number('max_fallbacks', Count);
  return {
    fallbacks: forAll.length === 0 ? fallbacks : { ...fallbacks, '*': forAll }, // over an entry `*`, as there
    contextWindowFallbacks: read('contextWindowFallbacks', 'context_window_fallbacks'),
    contentPolicyFallbacks: read('contentPolicyFallbacks', 'content_policy_fallbacks'),
    maxFallbacks: router.number('max_fallbacks', Count) ?? inSettings,
  };
}
