import { text, type ParallelResult, type RouterEvent, type RouterSnapshot } from 'rx-fanout';
import type { feedbackRequests } from './feedback';

export type Row = ParallelResult<ReturnType<typeof feedbackRequests>[number]>;

/** The first answers, in input order. */
export function printAnswers(rows: readonly Row[], count = 8): void {
  for (const { request, outcome } of rows.slice(0, count)) {
    const said =
      outcome._tag === 'Right' ? oneLine(text(outcome.right)) : `${outcome.left._tag}: ${outcome.left.message}`;
    console.log(`  ${request.metadata.id}  ${said}`);
  }
  if (rows.length > count) console.log(`  … and ${String(rows.length - count)} more`);
}

/** A line for each deployment: what it did, and how fast. */
export function printDeployments(
  { deployments }: RouterSnapshot,
  rows: readonly Row[],
  events: readonly RouterEvent[],
): void {
  const again = rows.flatMap(({ attempts }) => attempts.slice(1)); // after a failure or a throttle
  console.table(
    Object.fromEntries(
      deployments.map(({ id, calls, failed, throttled, aborted, latency, usage }) => [
        id,
        {
          calls,
          answered: calls - failed - throttled - aborted,
          failed,
          throttled,
          retries: again.filter(({ deployment }) => deployment === id).length,
          cooldowns: events.filter((event) => event.type === 'cooldown-entered' && event.deployment === id).length,
          'p50 ms': Math.round(latency?.p50Ms ?? 0),
          'p95 ms': Math.round(latency?.p95Ms ?? 0),
          tokens: usage.totalTokens,
        },
      ]),
    ),
  );
  if (deployments.some(({ usage }) => usage.estimated === true))
    console.log('The tokens of calls that were lost are estimated: the longest answer that was reserved for them.');
}

/** How long it took, against the same answers one after the other: their calls' times, added up. */
export function printTime(rows: readonly Row[], makespanMs: number): void {
  const oneByOneMs = rows
    .flatMap(({ attempts }) => attempts)
    .filter(({ ended }) => ended === 'ok')
    .reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
  const times = oneByOneMs / makespanMs;
  console.log(
    `${seconds(makespanMs)} for ${String(rows.length)} requests; one at a time the answers alone take ${seconds(oneByOneMs)} (${times.toFixed(1)} times as long)`,
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function oneLine(answer: string): string {
  const line = answer.replace(/\s+/g, ' ');
  return line.length > 110 ? `${line.slice(0, 109)}…` : line;
}
