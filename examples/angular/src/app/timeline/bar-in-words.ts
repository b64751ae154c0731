import type { Bar } from './bar';

const ends = { ok: 'answered', failed: 'failed', throttled: 'throttled', aborted: 'aborted' } as const;

/** One call in a sentence. */
export function barInWords({ index, attempt, deployment, from, until, end, tag }: Bar): string {
  const call = `Request ${String(index)}, call ${String(attempt)}, to ${deployment}`;
  if (until === undefined || end === undefined) return `${call}: under way`;
  return `${call}: ${ends[end]} after ${String(until - from)} ms${tag === undefined ? '' : ` (${tag})`}`;
}
