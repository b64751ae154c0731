import type { RouterSnapshot } from '../../../lib/plan/snapshot';
import type { Watched } from './watched';

/** After the last row, an error, or whenever it is left: nothing in flight, nothing reserved, nobody waiting, no timer, no call later. */
export function leaving(seen: Watched): readonly string[] {
  const { calls, timersThen, callsThen, latest, endedAt } = seen;
  const last = seen.finally;
  const counted = calls.filter(({ isPutOff }) => !isPutOff);
  const since = Math.floor(endedAt / 1000) - 61;
  const wrongLimits = last.deployments.flatMap(({ id, limits }) => {
    if (limits?.rpmLeft === undefined || latest !== seen.config) return [];
    const taken = counted.filter((one) => one.id === id && Math.floor(one.at / 1000) > since).length;
    const left = Math.max(0, (limits.rpm ?? 0) - taken);
    return limits.rpmLeft === left ? [] : [`${id}: ${String(limits.rpmLeft)} left of its rpm, not ${String(left)}`];
  });
  const spent = last.budget?.spent.requests;
  return [
    ...busy(seen.then).map((what) => `right after the end: ${what}`),
    ...busy(last),
    ...wrongLimits,
    ...(timersThen === 0 ? [] : [`${String(timersThen)} timers run on`]),
    ...(calls.length === callsThen ? [] : [`${String(calls.length - callsThen)} calls after the end`]),
    ...calls.filter(({ isOpen }) => isOpen).map(({ id }) => `a call to ${id} is still open`),
    ...(spent === undefined || spent === counted.length
      ? []
      : [`${String(spent)} calls paid for, ${String(counted.length)} counted`]),
  ];
}

function busy({ deployments, quotas, waiting, budget }: RouterSnapshot): readonly string[] {
  const held = [...deployments.map((one) => ({ ...one, name: one.id })), ...quotas]
    .filter(({ inFlight }) => inFlight !== 0)
    .map(({ name, inFlight }) => `${name} has ${String(inFlight)} in flight`);
  const probing = deployments.filter(({ health }) => health === 'probing').map(({ id }) => `${id} is being probed`);
  const reserved = Object.entries(budget?.reserved ?? {}).filter(([, amount]) => amount !== 0);
  return [
    ...held,
    ...probing,
    ...(waiting === 0 ? [] : [`${String(waiting)} wait`]),
    ...reserved.map(([kind, amount]) => `${String(amount)} ${kind} reserved`),
  ];
}
