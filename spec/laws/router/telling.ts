import type { RouterEvent } from '../../../lib/domain/router-event';
import type { Attempt } from '../../../lib/domain/result';
import type { Scene } from './scene';
import type { Watched } from './watched';

const toldAs: Readonly<Record<Attempt['ended'], RouterEvent['type']>> = {
  ok: 'attempt-succeeded',
  failed: 'attempt-failed',
  throttled: 'attempt-failed',
  aborted: 'attempt-aborted',
};

/** Each call that begins ends, once; the rows tell of the same calls. Never more requests in flight than lanes, nor calls than those and hedges. */
export function telling({ events, rows, calls }: Watched, { run, router }: Scene): readonly string[] {
  const problems: string[] = [];
  const open = new Map<string, RouterEvent>();
  const endings = new Map<string, RouterEvent>();
  let started = 0;
  for (const event of events) {
    if (!('attempt' in event)) continue;
    const call = `${String(event.index)}/${String(event.attempt)}`;
    if (event.type === 'attempt-started') {
      started += 1;
      if (open.has(call) || endings.has(call)) problems.push(`${call} began twice`);
      open.set(call, event);
    } else {
      if (!open.delete(call)) problems.push(`${call} ended without a beginning`);
      endings.set(call, event);
    }
    const perRequest = new Map<number, number>();
    for (const { index = -1 } of open.values()) perRequest.set(index, (perRequest.get(index) ?? 0) + 1);
    if (perRequest.size > run.concurrency) problems.push(`${String(perRequest.size)} requests in flight`);
    if (Math.max(0, ...perRequest.values()) > (router.hedge === undefined ? 1 : 2))
      problems.push(`${call} is one too many`);
  }
  for (const call of open.keys()) problems.push(`${call} never ended`);
  if (started < calls.length) problems.push(`${String(started)} calls told, ${String(calls.length)} made`);
  for (const { index, attempts } of rows) {
    const told = attempts.map((_, i) => endings.get(`${String(index)}/${String(i + 1)}`));
    attempts.forEach(({ ended, deployment }, i) => {
      const event = told[i];
      if (event?.type !== toldAs[ended] || !('deployment' in event) || event.deployment !== deployment)
        problems.push(`${String(index)}: ${ended} at ${deployment}, told as ${JSON.stringify(event)}`);
    });
    const all = [...endings.values()].filter((event) => event.index === index).length;
    if (all !== attempts.length)
      problems.push(`${String(index)}: ${String(all)} calls told, ${String(attempts.length)} in its row`);
  }
  return problems;
}
