import type { Watched } from './watched';

/** A deployment that cools down gets no call; when it is over, one, its probe, until that has said something. */
export function cooling({ events }: Watched): readonly string[] {
  const problems: string[] = [];
  const cooled = new Map<string, { readonly until: number; probe?: string | undefined }>();
  for (const event of events) {
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
