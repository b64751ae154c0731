import type { ParallelResult } from '../../index';

/** Why a run sends nothing more, if a row says so. */
export function stopReason({ outcome }: ParallelResult<unknown>): string | undefined {
  if (outcome._tag === 'Right') return undefined;
  const { _tag, message } = outcome.left;
  return _tag === 'BudgetExceeded' || _tag === 'Cancelled' ? message : undefined;
}
