import * as t from 'io-ts';
import { explain } from '../domain/explain';
import { ConfigError } from './config-error';
import type { RouterConfig } from './router-config';
import { RouterConfigCodec } from './router-config-codec';

/** Throws one `ConfigError` with every problem of the configuration, by path. Values are shown only where they cannot be secrets. */
export function checkConfig(config: unknown): asserts config is RouterConfig {
  const decoded = RouterConfigCodec.decode(config);
  const problems = [...(decoded._tag === 'Left' ? explain(decoded.left) : []), ...betweenParts(config)];
  if (problems.length > 0) throw new ConfigError(problems);
}

/** What no single part is to blame for. Reads whatever it is given, so that these problems are told along with the others. */
function betweenParts(config: unknown): readonly string[] {
  const { deployments, defaultModel, strategy } = t.UnknownRecord.is(config) ? config : {};
  const list: readonly unknown[] = Array.isArray(deployments) ? deployments : [];
  const strategies = t.UnknownRecord.is(strategy) ? Object.keys(strategy) : [];
  return [
    ...takenTwice(list),
    ...unknownGroup('defaultModel', defaultModel, list),
    ...strategies.flatMap((group) => unknownGroup('strategy', group, list)),
  ];
}

function takenTwice(deployments: readonly unknown[]): readonly string[] {
  const owners = new Map<string, number>();
  return deployments.flatMap((one, i) => {
    const id = name(one, 'id');
    if (id === undefined) return [];
    const owner = owners.get(id);
    if (owner === undefined) owners.set(id, i);
    return owner === undefined
      ? []
      : [`deployments[${String(i)}].id: '${id}' is taken by deployments[${String(owner)}]`];
  });
}

function unknownGroup(path: string, group: unknown, deployments: readonly unknown[]): readonly string[] {
  const groups = new Set(deployments.flatMap((one) => name(one, 'group') ?? []));
  if (typeof group !== 'string' || groups.size === 0 || groups.has(group)) return [];
  return [`${path}: no group '${group}'; groups are ${[...groups].join(', ')}`];
}

function name(deployment: unknown, field: 'id' | 'group'): string | undefined {
  const value = t.UnknownRecord.is(deployment) ? deployment[field] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
