import type { CompletionRequest } from './request';

/** Registered, so that two copies of the package know each other's. */
const unreadable = Symbol.for('rx-fanout.unreadable');

/**
 * Stands in the input for a request that could not be read (a bad line of a file), so that its failure has its place among the rows: a
 * router answers it with a `BadRequest` that tells the problem, and sends nothing.
 *
 * @param problem what is wrong and where, without what stands there: `line 7: not JSON`
 */
export function unreadableRequest<M>(
  problem: string,
  metadata: M,
): CompletionRequest & {
  readonly metadata: M;
} {
  return Object.defineProperty({ messages: [], metadata }, unreadable, { value: problem });
}

/** Why a request could not be read; `undefined` for one that could. */
export function problemOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !(unreadable in item)) return undefined;
  const problem = item[unreadable];
  return typeof problem === 'string' ? problem : undefined;
}
