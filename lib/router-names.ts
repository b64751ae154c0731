import { left, right, type Either } from 'fp-ts/Either';
import type { RouterContext } from './attempt/journey';
import type { RouterConfig } from './config/router-config';
import { completionError, type CompletionError } from './domain/error';
import { listed } from './domain/listed';
import { meanings } from './domain/meanings';
import { shortName } from './domain/short-name';
import type { Group } from './plan/group';
import type { Target } from './plan/target';

/**
 * Whom a name asks: a group, an alias, a deployment by its id, or a model that a wildcard group serves; without a name the default, or
 * the only group. Knows the groups as they are now: for others it has to be made anew.
 */
export function routerNames(
  groups: ReadonlyMap<string, Group>,
  { aliases = {}, defaultModel }: Pick<RouterConfig, 'aliases' | 'defaultModel'>,
): Pick<RouterContext, 'resolve' | 'defaultModel'> {
  const names = [...groups.keys()];
  const homes = new Map(
    [...groups.values()].flatMap((group) => group.deployments.map((one) => [one.id, { group, one }])),
  );
  const ids = new Map([...homes].map(([id, { group }]) => [id, group.name]));
  const meaningOf = meanings({ groups: names, aliases: new Map(Object.entries(aliases)), ids });
  const byDefault = defaultModel ?? (names.length === 1 ? names[0] : undefined);

  const named = (name: string | undefined): Either<CompletionError, Target> => {
    const meaning = name === undefined ? undefined : meaningOf(name);
    const group = meaning === undefined ? undefined : groups.get(meaning.group);
    if (meaning === undefined || group === undefined) return left(unknownName(name, names, Object.keys(aliases)));
    const { id, model } = meaning;
    return right({ group, only: id === undefined ? undefined : homes.get(id)?.one, model });
  };

  const resolve: RouterContext['resolve'] = (name, deployment) => {
    if (deployment === undefined) return named(name ?? byDefault);
    const home = homes.get(deployment);
    if (home === undefined) return left(unknownDeployment(deployment, '', [...homes.keys()]));
    if (name === undefined) return right({ group: home.group, only: home.one });
    const target = named(name);
    if (target._tag === 'Left') return target;
    const { group, only } = target.right;
    const meant = only === undefined ? group.deployments : [only];
    if (meant.includes(home.one)) return right({ ...target.right, only: home.one });
    return left(
      unknownDeployment(
        deployment,
        ` of '${shortName(name)}'`,
        meant.map(({ id }) => id),
      ),
    );
  };
  return { resolve, defaultModel: byDefault };
}

function unknownName(name: string | undefined, groups: readonly string[], aliases: readonly string[]): CompletionError {
  const problem =
    name === undefined ? 'model is missing and there is no defaultModel' : `model: no group '${shortName(name)}'`;
  const others = aliases.length === 0 ? '' : `; aliases are ${listed(aliases)}`;
  return unsent('model', `${problem}; groups are ${listed(groups)}${others}`);
}

function unknownDeployment(id: string, where: string, ids: readonly string[]): CompletionError {
  const param = 'routing.deployment';
  return unsent(param, `${param}: no deployment '${shortName(id)}'${where}; deployments are ${listed(ids)}`);
}

function unsent(param: string, problem: string): CompletionError {
  return completionError({ _tag: 'BadRequest', param, message: `the request was not sent: ${problem}` });
}
