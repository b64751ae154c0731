import * as t from 'io-ts';
import { explain } from '../domain/explain';
import { ConfigError } from './config-error';
import type { RouterConfig } from './router-config';
import { RouterConfig as Codec } from './router-config-codec';

/** Throws one `ConfigError` with every problem of the configuration, by path. Values are shown only where they cannot be secrets. */
export function checkConfig(config: unknown): asserts config is RouterConfig {
  const decoded = Codec.decode(config);
  const problems = [...(decoded._tag === 'Left' ? explain(decoded.left) : []), ...betweenParts(config)];
  if (problems.length > 0) throw new ConfigError(problems);
}

/** What no single part is to blame for. Reads whatever it is given, so that these problems are told along with the others. */
function betweenParts(config: unknown): readonly string[] {
  const { deployments, defaultModel } = t.UnknownRecord.is(config) ? config : {};
  const list = Array.isArray(deployments) ? deployments.filter((one) => t.UnknownRecord.is(one)) : [];
  const ids = list.map(({ id }) => id);
  const twice = ids.flatMap((id, i) =>
    typeof id === 'string' && ids.indexOf(id) < i
      ? [`deployments[${String(i)}].id: '${id}' is taken by deployments[${String(ids.indexOf(id))}]`]
      : [],
  );
  const groups = new Set(list.map(({ group }) => group).filter((group) => typeof group === 'string'));
  const isUnknown = typeof defaultModel === 'string' && groups.size > 0 && !groups.has(defaultModel);
  return isUnknown
    ? [...twice, `defaultModel: no group '${defaultModel}'; groups are ${[...groups].join(', ')}`]
    : twice;
}
