import * as t from 'io-ts';
import type { RouterConfig } from '../config/router-config';
import type { Fields } from './fields';
import { Name } from './name';
import type { Named } from './name-check';

/** Other names of groups, from `model_group_alias`: a name, or `{ model, hidden }`. Those that lead nowhere are left out. */
export function aliasesOf(router: Fields, problemIn: (named: Named) => string | undefined): RouterConfig['aliases'] {
  const key = 'model_group_alias';
  const given = router.value(key, t.record(t.string, t.unknown, 'names by alias'));
  const list = router.fields(key);
  const aliases = Object.entries(given ?? {}).flatMap(([alias, meant]) => {
    const group = t.UnknownRecord.is(meant) ? targetOf(list.fields(alias)) : list.value(alias, Name);
    if (group === undefined) return [];
    const problem = problemIn({ aliases: { [alias]: group } });
    if (problem !== undefined) list.unsupported(alias, problem);
    return problem === undefined ? [[alias, group] as const] : [];
  });
  return aliases.length === 0 ? undefined : Object.fromEntries(aliases);
}

function targetOf(item: Fields): string | undefined {
  if (item.value('hidden', t.boolean) === true)
    item.unsupported('hidden', 'there is no list of models to hide it from');
  const model = item.required('model', Name);
  item.leftOver(() => 'has no counterpart');
  return model;
}
