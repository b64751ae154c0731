import type { Provider } from '../provider/provider';
import type { Deployment } from './router-config';

/** What an id is made of. */
interface Named extends Pick<Deployment, 'id' | 'group'> {
  readonly provider: Pick<Provider, 'name' | 'model'>;
}

/** The ids of the deployments, in their order: the given ones, else `group/provider/model`, with `-2`, `-3` … where that is taken. */
export function deploymentIds(deployments: readonly Named[]): readonly string[] {
  const taken = new Set(deployments.flatMap(({ id }) => id ?? []));
  const reached = new Map<string, number>();
  return deployments.map(({ id, group, provider }) => {
    if (id !== undefined) return id;
    const plain = `${group}/${provider.name}/${provider.model}`;
    let n = (reached.get(plain) ?? 0) + 1;
    while (taken.has(numbered(plain, n))) n += 1;
    reached.set(plain, n);
    const free = numbered(plain, n);
    taken.add(free);
    return free;
  });
}

function numbered(plain: string, n: number): string {
  return n === 1 ? plain : `${plain}-${String(n)}`;
}
