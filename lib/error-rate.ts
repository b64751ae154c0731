import { completionError, type CompletionErrorOf } from './domain/error';

/**
 * Watches the share of failures. Gives the reason to stop, once: at the first row after which more than `ratio` of at least
 * `minimum` rows are failures.
 */
export function errorRate(limit: {
  readonly ratio: number;
  readonly minimum: number;
}): (failed: boolean) => CompletionErrorOf<'Cancelled'> | undefined {
  let rows = 0;
  let failures = 0;
  let tripped = false;

  return (failed) => {
    rows++;
    if (failed) failures++;
    if (tripped || rows < limit.minimum || failures <= limit.ratio * rows) return undefined;
    tripped = true;
    const detail = `maxErrorRate: ${String(failures)} of ${String(rows)} requests failed, more than ${String(limit.ratio)} of them`;
    return completionError({ _tag: 'Cancelled', detail });
  };
}
