import * as t from 'io-ts';
import type { Fields } from './fields';
import type { Reading } from './reading';

/** A text; where none is given, the first of these variables that holds something. */
export function fieldOrVariable(
  fields: Fields,
  key: string,
  names: readonly string[],
  { env }: Pick<Reading, 'env'>,
): string | undefined {
  if (fields.has(key)) return fields.value(key, t.string);
  const name = names.find((one) => Object.hasOwn(env, one) && env[one] !== undefined && env[one] !== '');
  return name === undefined ? undefined : env[name];
}
