import * as t from 'io-ts';

/** The fields of an object; of anything else, none. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return t.UnknownRecord.is(value) ? value : {};
}
