import { sharedCalls } from './bulk/shared-calls';
import type { FanOutWork } from './fan-out-work';
import type { Keys } from './keys-of';

/**
 * The work of one run in which equal requests that are under way at the same time share one call. The first has what it took; the others
 * are rows that say so.
 */
export function deduped<Req, A, Row>(work: FanOutWork<Req, A, Row>, keys: Keys<Req>): FanOutWork<Req, A, Row> {
  const calls = sharedCalls<A>();
  const sharers = new Set<number>();
  return {
    ...work,
    run: (request, index, context) => {
      const key = keys.shareKey(request, index);
      if (key === undefined) return work.run(request, index, context);
      if (calls.has(key)) sharers.add(index);
      return calls.call$(key, () => work.run(request, index, context));
    },
    toRow: (request, index, settled, timing) => {
      const row = work.toRow(request, index, settled, timing);
      return sharers.delete(index) ? work.memory.shared(row) : row;
    },
  };
}
