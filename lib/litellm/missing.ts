import type { Fields } from './fields';
import type { Reading } from './reading';

/** Notes that a field is missing, and the variables that could stand in for it too. What is wrong with one that is there is noted already. */
export function missing(fields: Fields, key: string, names: readonly string[], { problems }: Reading): void {
  if (fields.has(key)) return;
  problems.push(`${fields.at(key)}: missing, and the environment has no ${names.join(' or ')}`);
}
