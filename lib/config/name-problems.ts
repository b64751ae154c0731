import { listed } from '../domain/listed';
import { meanings } from '../domain/meanings';
import { aliasProblems } from './alias-problems';
import { fallbackProblems } from './fallback-problems';
import { fieldsOf } from './fields-of';
import type { Parts } from './parts';

const tables = ['fallbacks', 'contextWindowFallbacks', 'contentPolicyFallbacks'];

/** What is wrong with the names that a configuration gives for groups and the like. */
export function nameProblems({ config, deployments, names }: Parts): readonly string[] {
  const { groups } = names;
  if (groups.length === 0) return [];
  const { defaultModel, strategy, health } = config;
  const meaningOf = meanings(names);
  const ofAnyModel = deployments.flatMap(({ group, provider }) =>
    provider?.model.includes('*') === true ? group : [],
  );

  const unknown = (path: string, name: string): string => `${path}: no group '${name}'; groups are ${listed(groups)}`;
  const problems = (path: string, name: string): readonly string[] => {
    const meaning = meaningOf(name);
    if (meaning === undefined) return [unknown(path, name)];
    const { group, id, model } = meaning;
    const saysNone = id === undefined && model === undefined && group.includes('*') && ofAnyModel.includes(group);
    return saysNone ? [`${path}: '${name}' says no model: give one in place of the star`] : [];
  };
  const ofGroups = (path: string, given: unknown): readonly string[] =>
    Object.keys(fieldsOf(given)).flatMap((name) => (groups.includes(name) ? [] : [unknown(path, name)]));

  return [
    ...aliasProblems(names, problems),
    ...(typeof defaultModel === 'string' ? problems('defaultModel', defaultModel) : []),
    ...ofGroups('strategy', strategy),
    ...ofGroups('health.allowedFails.groups', fieldsOf(fieldsOf(health)['allowedFails'])['groups']),
    ...tables.flatMap((table) => fallbackProblems(table, config[table], { meaningOf, unknown, problems })),
  ];
}
