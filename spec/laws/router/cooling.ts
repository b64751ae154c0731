import type { RouterEvent } from '../../../lib/domain/router-event';
import type { Watched } from './watched';

type Cooldown = Extract<RouterEvent, { readonly type: 'cooldown-entered' | 'cooldown-left' }>;

/** A deployment that cools down gets no call; when it is over, one, its probe, until that has said something. */
export function cooling({ events }: Watched): readonly string[] {
  const problems: string[] = [];
  const cooled = new Map<string, { readonly until: number; probe?: string | undefined }>();
  for (const event of inOrder(events)) {
    if (!('deployment' in event)) continue;
    const { deployment, at } = event;
    const its = cooled.get(deployment);
    if (event.type === 'cooldown-entered') cooled.set(deployment, { until: at + event.cooledForMs });
    if (event.type === 'cooldown-left') cooled.delete(deployment);
    if (its === undefined || !('attempt' in event)) continue;
    const call = `${String(event.index)}/${String(event.attempt)}`;
    if (event.type === 'attempt-started') {
      if (at < its.until) problems.push(`${deployment} was asked ${String(its.until - at)} ms too soon`);
      if (its.probe !== undefined) problems.push(`${deployment} was probed twice at a time`);
      its.probe = call;
    } else if (its.probe === call) its.probe = undefined; // what it said is told right after
  }
  return problems;
}

/** Each cooldown right behind the end of the call that led to it: a router that is updated by who is told of that end lets others in first. */
function inOrder(events: readonly RouterEvent[]): readonly RouterEvent[] {
  const ordered: RouterEvent[] = [];
  for (const event of events) {
    let place = ordered.length;
    if (event.type === 'cooldown-entered' || event.type === 'cooldown-left') {
      while (place > 0 && !isEndOf(event, ordered[place - 1])) place -= 1;
    }
    ordered.splice(place, 0, event);
  }
  return ordered;
}

function isEndOf({ deployment, index }: Cooldown, event: RouterEvent | undefined): boolean {
  if (event === undefined || !('attempt' in event) || event.type === 'attempt-started') return false;
  return event.deployment === deployment && event.index === index;
}
