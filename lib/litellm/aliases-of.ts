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
  const aliases: Record<string, string> = {};
  for (const [alias, meant] of Object.entries(given ?? {})) {
    const group = t.UnknownRecord.is(meant) ? targetOf(list.fields(alias)) : list.value(alias, Name);
    if (group === undefined) continue;
    const problem = problemIn({ aliases: { ...aliases, [alias]: group } }); // alone, none of a circle leads in one
    if (problem === undefined) aliases[alias] = group;
    else list.unsupported(alias, problem);
  }
  return Object.keys(aliases).length === 0 ? undefined : aliases;
}

function targetOf(item: Fields): string | undefined {
  if (item.value('hidden', t.boolean) === true)
    item.unsupported('hidden', 'there is no list of models to hide it from');
  const model = item.required('model', Name);
  item.leftOver(() => 'has no counterpart');
  return model;
}
