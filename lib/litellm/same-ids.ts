import type { Deployment } from '../config/router-config';
import type { Fields } from './fields';

/** Ids that several models have been given. */
export function sameIds(
  served: readonly { readonly fields: Fields; readonly deployment: Deployment }[],
): readonly string[] {
  const owners = new Map<string, string>();
  return served.flatMap(({ fields, deployment: { id } }) => {
    if (id === undefined) return [];
    const path = fields.at('model_info.id');
    const owner = owners.get(id);
    if (owner === undefined) owners.set(id, path);
    return owner === undefined ? [] : [`${path}: '${id}' is that of ${owner} too`];
  });
}
