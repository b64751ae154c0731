import type { Deployment } from './router-config';

/** The ids of the deployments, in their order: the given ones, else `group/provider/model`, with `-2`, `-3` … where that is taken. */
export function deploymentIds(deployments: readonly Deployment[]): readonly string[] {
  const taken = new Set(deployments.flatMap(({ id }) => id ?? []));
  return deployments.map(({ id, group, provider }) => {
    if (id !== undefined) return id;
    const plain = `${group}/${provider.name}/${provider.model}`;
    let free = plain;
    for (let n = 2; taken.has(free); n++) free = `${plain}-${String(n)}`;
    taken.add(free);
    return free;
  });
}
