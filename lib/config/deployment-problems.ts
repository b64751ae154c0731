import { isListed } from '../domain/is-listed';
import { listed } from '../domain/listed';
import { fieldsOf } from './fields-of';
import type { DeploymentPart, Parts } from './parts';

/** What of a deployment does not go with the others, or with the rest of the configuration. */
export function deploymentProblems({ config, deployments }: Parts): readonly string[] {
  return [
    ...takenTwice(deployments),
    ...deployments.flatMap(starProblems),
    ...quotaProblems(deployments, Object.keys(fieldsOf(config['quotas']))),
    ...(fieldsOf(config['budget'])['usd'] === undefined ? [] : withoutPrice(deployments, fieldsOf(config['prices']))),
  ];
}

function takenTwice(deployments: readonly DeploymentPart[]): readonly string[] {
  const owners = new Map<string, string>();
  return deployments.flatMap(({ id, path }) => {
    if (id === undefined) return [];
    const owner = owners.get(id);
    if (owner === undefined) owners.set(id, path);
    return owner === undefined ? [] : [`${path}.id: '${id}' is taken by ${owner}`];
  });
}

/** A star in a model is filled with what that of the group stands for. */
function starProblems({ path, group = '', provider }: DeploymentPart): readonly string[] {
  const model = provider?.model ?? '';
  const isEmpty = model.includes('*') && group !== '' && !group.includes('*');
  return [
    ...(isTwice(group) ? [`${path}.group: '${group}' has more than one star`] : []),
    ...(isTwice(model) ? [`${path}.provider: its model '${model}' has more than one star`] : []),
    ...(isEmpty
      ? [
          `${path}.provider: its model '${model}' has a star that its group '${group}' does not fill: '${group}/*' would`,
        ]
      : []),
  ];
}

function isTwice(name: string): boolean {
  return name.indexOf('*') !== name.lastIndexOf('*');
}

function quotaProblems(deployments: readonly DeploymentPart[], quotas: readonly string[]): readonly string[] {
  const known = quotas.length === 0 ? 'there are none' : `quotas are ${listed(quotas)}`;
  return deployments.flatMap(({ path, given: { quota } }) =>
    typeof quota !== 'string' || quotas.includes(quota) ? [] : [`${path}.quota: no quota '${quota}'; ${known}`],
  );
}

/** What is spent on it could not be told. */
function withoutPrice(deployments: readonly DeploymentPart[], prices: object): readonly string[] {
  return deployments.flatMap(({ path, given, provider }) => {
    const name = provider === undefined ? undefined : `${provider.name}/${provider.model}`;
    if (name === undefined || given['price'] !== undefined || isListed(name, prices)) return [];
    return [`${path}.price: it is unknown, and budget.usd wants it: give it, or prices['${name}']`];
  });
}
