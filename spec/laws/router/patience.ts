import type { RouterEvent } from '../../../lib/domain/router-event';
import type { Scene } from './scene';
import type { Watched } from './watched';

/** What one request did at one group. */
interface Stay {
  readonly group: string;
  tries: number;
  retries: number;
  waits: number;
}

/** No more tries, throttles, groups and second calls than the configuration says; no wait longer than `queueMs`. */
export function patience(
  { events, config, latest, requests, rows }: Watched,
  { router, update }: Scene,
): readonly string[] {
  const problems: string[] = [];
  const stays = new Map<number, Stay[]>();
  const begin = (index: number, group: string): void => {
    const its = stays.get(index) ?? [];
    its.push({ group, tries: 0, retries: 0, waits: 0 });
    stays.set(index, its);
  };
  const hedged = new Set<string>();
  let hedges = 0;

  for (const event of events) {
    const { index = -1 } = event;
    if (index < 0) continue;
    if (!stays.has(index)) begin(index, String(requests[index]?.model));
    const stay = stays.get(index)?.at(-1);
    if (stay === undefined) continue;
    const call = 'attempt' in event ? `${String(index)}/${String(event.attempt)}` : '';
    if ('deployment' in event && event.group !== stay.group)
      problems.push(`${String(index)} asked ${event.group} in ${stay.group}`);
    if (event.type === 'hedge-sent') hedges += 1;
    if (event.type === 'attempt-started') {
      if (isHedge(event, events)) hedged.add(call);
      else stay.tries += 1;
    }
    if (event.type === 'retry-scheduled') stay.retries += 1;
    if (event.type === 'throttled') stay.waits += 1;
    if (event.type === 'limit-waited') {
      const queueMs = requests[index]?.routing?.timeouts?.queueMs ?? router.timeouts.queueMs ?? Infinity;
      if (event.waitMs > queueMs) problems.push(`${String(index)} waited for ${String(event.waitMs)} ms`);
    }
    if (event.type === 'fallback-taken') begin(index, event.to);
  }
  for (const { index, attempts } of rows) {
    const first = attempts.filter(({ hedge }) => hedge === undefined).length;
    const told = stays.get(index)?.reduce((sum, { tries }) => sum + tries, 0) ?? 0;
    if (first !== told) problems.push(`${String(index)}: ${String(first)} tries in its row, ${String(told)} in events`);
  }

  for (const [index, its] of stays) {
    const say = (problem: string): void => void problems.push(`${String(index)}: ${problem} ${JSON.stringify(its)}`);
    const maxRetries = requests[index]?.routing?.maxRetries ?? router.maxRetries;
    const most = Math.max(maxRetries, ...Object.values(router.retryPolicy ?? {}));
    const groups = its.map(({ group }) => group);
    if (groups.length > 1 + Math.max(router.maxFallbacks, update?.maxFallbacks ?? 0)) say('too many groups');
    const isForOne = requests[index]?.routing?.deployment !== undefined;
    if (new Set(groups.slice(isForOne ? 1 : 0)).size !== groups.length - (isForOne ? 1 : 0)) say('a group twice');
    for (const { tries, retries, waits } of its) {
      if (retries > most) say('too many retries');
      if (waits > router.maxThrottles) say('too many throttles');
      if (tries > 1 + retries + waits) say('a try that was not scheduled');
    }
  }
  const extra = [config, latest].map(({ hedge }) => (hedge === undefined ? 0 : (hedge.maxExtra ?? 0.05)));
  if (hedges > (Math.max(...extra) === 0 ? 0 : 20 + Math.max(...extra) * requests.length))
    problems.push(`${String(hedges)} second calls`);
  if (hedged.size > hedges) problems.push('second calls that were not told');
  return problems;
}

/** It is told right before. */
function isHedge(event: RouterEvent, events: readonly RouterEvent[]): boolean {
  const before = events[events.indexOf(event) - 1];
  return before?.type === 'hedge-sent' && before.index === event.index;
}
