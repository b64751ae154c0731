import { text, type ParallelResult, type RouterEvent, type RouterSnapshot } from '../../index';
import { table } from '../table';
import { count, duration } from '../told';
import type { FeedbackRequest } from './feedback';

export type Row = ParallelResult<FeedbackRequest>;

/** The first answers, in input order. */
export function answersText(rows: readonly Row[], most = 8): string {
  const lines = rows.slice(0, most).map(({ request, outcome }) => {
    const said =
      outcome._tag === 'Right' ? oneLine(text(outcome.right)) : `${outcome.left._tag}: ${outcome.left.message}`;
    return `  ${request.metadata.id}  ${said}\n`;
  });
  return [...lines, rows.length > most ? `  … and ${String(rows.length - most)} more\n` : '', '\n'].join('');
}

/** A line for each deployment: what it did, and how fast. */
export function deploymentsText(
  { deployments }: RouterSnapshot,
  rows: readonly Row[],
  events: readonly RouterEvent[],
): string {
  const again = rows.flatMap(({ attempts }) => attempts.slice(1)); // after a failure or a throttle
  const found = deployments.map(({ id, calls, failed, throttled, aborted, latency, usage }) => [
    id,
    count(calls),
    count(calls - failed - throttled - aborted),
    count(failed),
    count(throttled),
    count(again.filter(({ deployment }) => deployment === id).length),
    count(events.filter((event) => event.type === 'cooldown-entered' && event.deployment === id).length),
    duration(latency?.p50Ms ?? 0),
    duration(latency?.p95Ms ?? 0),
    count(usage.totalTokens),
  ]);
  const head = ['', 'calls', 'answered', 'failed', 'throttled', 'retries', 'cooldowns', 'p50', 'p95', 'tokens'];
  const isEstimated = deployments.some(({ usage }) => usage.estimated === true);
  const estimated =
    'The tokens of calls that were lost are estimated: the longest answer that was reserved for them.\n';
  return `${table(head, found)}\n${isEstimated ? estimated : ''}`;
}

/** How long it took, against the same answers one after the other: their calls' times, added up. */
export function timeText(rows: readonly Row[], makespanMs: number): string {
  const oneByOneMs = rows
    .flatMap(({ attempts }) => attempts)
    .filter(({ ended }) => ended === 'ok')
    .reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
  const times = (oneByOneMs / makespanMs).toFixed(1);
  return `${duration(makespanMs)} for ${String(rows.length)} requests; one at a time the answers alone take ${duration(oneByOneMs)} (${times} times as long)\n`;
}

function oneLine(answer: string): string {
  const line = answer.replace(/\s+/g, ' ');
  return line.length > 110 ? `${line.slice(0, 109)}…` : line;
}
