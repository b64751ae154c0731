import * as t from 'io-ts';
import type { Names } from '../domain/meanings';
import type { Provider } from '../provider/provider';
import { deploymentIds } from './deployment-ids';
import { fieldsOf } from './fields-of';

type Fields = ReturnType<typeof fieldsOf>;

/** A deployment, as far as it can be read. */
export interface DeploymentPart {
  /** E.g. `deployments[0]`. */
  readonly path: string;
  readonly given: Fields;
  readonly id: string | undefined;
  readonly group: string | undefined;
  readonly provider: Pick<Provider, 'name' | 'model'> | undefined;
}

/** What a configuration is made of, as far as it can be read: whatever it is, its other problems are told by a codec. */
export interface Parts {
  readonly config: Fields;
  readonly deployments: readonly DeploymentPart[];
  readonly names: Names;
}

export function parts(config: unknown): Parts {
  const whole = fieldsOf(config);
  const list: readonly unknown[] = Array.isArray(whole['deployments']) ? whole['deployments'] : [];
  const deployments = list.map((one, i) => deploymentPart(one, `deployments[${String(i)}]`));
  const known = deployments.flatMap(({ id, group, provider }) =>
    group === undefined || provider === undefined ? [] : [{ id, group, provider }],
  );
  const ids = deploymentIds(known);
  const aliases = Object.entries(fieldsOf(whole['aliases'])).filter((entry): entry is [string, string] =>
    t.string.is(entry[1]),
  );
  return {
    config: whole,
    deployments,
    names: {
      groups: [...new Set(deployments.flatMap(({ group }) => group ?? []))],
      aliases: new Map(aliases),
      ids: new Map(known.map(({ group }, i) => [ids[i] ?? group, group])),
    },
  };
}

function deploymentPart(one: unknown, path: string): DeploymentPart {
  const given = fieldsOf(one);
  const { name, model } = fieldsOf(given['provider']);
  return {
    path,
    given,
    id: filled(given['id']),
    group: filled(given['group']),
    provider: t.string.is(name) && t.string.is(model) ? { name, model } : undefined,
  };
}

function filled(value: unknown): string | undefined {
  return t.string.is(value) && value.trim() !== '' ? value : undefined;
}
