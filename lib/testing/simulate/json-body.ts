import * as t from 'io-ts';

/** A body that is a JSON object; `undefined` when it is anything else. */
export function jsonBody(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return t.UnknownRecord.is(value) && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
