import type { RouterConfig } from '../../../lib/config/router-config';
import type { Scene } from './scene';
import type { WiredCall } from './wired';

const minute = 60_000;

/** Whether a call keeps all limits when it goes out: of its deployment, its quota, the router's budget and the run's. */
export function whenSent(
  call: WiredCall,
  calls: readonly WiredCall[],
  { deployments, quotas, budget }: RouterConfig,
  run: Scene['run'],
): readonly string[] {
  const problems: string[] = [];
  const own = deployments.find(({ id }) => id === call.id);
  if (own === undefined) return [`${call.id} is gone, and was sent a call`];
  const sharing = new Set(deployments.filter(({ quota }) => quota !== undefined).map(({ id }) => id));
  const limits = [
    { name: call.id, limit: own, its: calls.filter(({ id }) => id === call.id) },
    ...(own.quota === undefined
      ? []
      : [{ name: own.quota, limit: quotas?.[own.quota] ?? {}, its: calls.filter(({ id }) => sharing.has(id)) }]),
  ];
  for (const { name, limit, its } of limits) {
    const open = its.filter(({ isOpen }) => isOpen).length;
    if (open > (limit.maxParallel ?? Infinity))
      problems.push(`${name}: ${String(open)} in flight at ${String(call.at)}`);
    const inMinute = its.filter(({ at, isPutOff }) => !isPutOff && at > call.at - minute).length;
    if (inMinute > (limit.rpm ?? Infinity))
      problems.push(`${name}: ${String(inMinute)} in a minute at ${String(call.at)}`);
  }
  const counted = calls.filter(({ isPutOff }) => !isPutOff).length;
  if (counted > (budget?.requests ?? Infinity)) problems.push(`${String(counted)} calls, beyond the router's budget`);
  if (counted > (run.budget?.requests ?? Infinity)) problems.push(`${String(counted)} calls, beyond the run's budget`);
  return problems;
}
