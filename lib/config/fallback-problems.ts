import type { Meaning } from '../domain/meanings';
import { fieldsOf } from './fields-of';

interface Tellers {
  readonly meaningOf: (name: string) => Meaning | undefined;
  /** That a name means nothing. */
  readonly unknown: (path: string, name: string) => string;
  /** What is wrong with a name that is to be asked. */
  readonly problems: (path: string, name: string) => readonly string[];
}

/** What is wrong with one table of fallbacks: names that mean nothing, groups that fall back to themselves or have two entries. */
export function fallbackProblems(
  path: string,
  table: unknown,
  { meaningOf, unknown, problems }: Tellers,
): readonly string[] {
  const entries = new Map<string, string>();

  const ofKey = (name: string, meaning: Meaning | undefined): readonly string[] => {
    if (meaning === undefined) return name === '*' ? [] : [unknown(path, name)];
    const { group, id, model } = meaning;
    if (id !== undefined) return [`${path}.${name}: it is a deployment: give its group, '${group}'`];
    const other = entries.get(`${group} ${model ?? ''}`);
    entries.set(`${group} ${model ?? ''}`, name);
    return other === undefined ? [] : [`${path}.${name}: '${other}' means the same, and has an entry too`];
  };

  return Object.entries(fieldsOf(table)).flatMap(([name, to]) => {
    const meaning = name === '*' ? undefined : meaningOf(name);
    const names: readonly unknown[] = Array.isArray(to) ? to : [];
    const ofList = names.flatMap((one, i) => {
      const place = `${path}.${name}[${String(i)}]`;
      if (typeof one !== 'string') return [];
      return isWithin(meaningOf(one), meaning) ? [`${place}: '${one}' is what has failed`] : problems(place, one);
    });
    return [...ofKey(name, meaning), ...ofList];
  });
}

/** Another model of a wildcard group is not what has failed; one of the deployments of a group is. */
function isWithin(one: Meaning | undefined, failed: Meaning | undefined): boolean {
  return one !== undefined && one.group === failed?.group && one.model === failed.model;
}
