import * as t from 'io-ts';

/** The counters of a usage that are given. They are of the whole message so far, and `null` or left out where they do not apply. */
export function anthropicCounters(usage: unknown): Readonly<Record<string, unknown>> {
  if (!t.UnknownRecord.is(usage)) return {};
  return Object.fromEntries(Object.entries(usage).filter(([, count]) => count !== undefined && count !== null));
}
