import type { Progress } from '../index';
import { count, dollars, duration } from './told';

/** How far a run is, in one line. `total`: how many requests there are. */
export function progressLine(progress: Progress, total: number): string {
  const { done, failed, restored, inFlight, waiting, retries, tokens, cost, perSecond } = progress;
  const etaMs = timeLeft(progress, total);
  return [
    `${count(done)}/${count(total)}`,
    ...(restored === 0 ? [] : [`${count(restored)} restored`]),
    `${count(failed)} failed`,
    `${count(inFlight)} in flight${waiting === 0 ? '' : ` (${count(waiting)} waiting)`}`,
    ...(retries === 0 ? [] : [`${count(retries)} retries`]),
    `${count(tokens)} tokens`,
    ...(cost === 0 ? [] : [dollars(cost)]),
    ...(perSecond === 0 ? [] : [`${perSecond < 9.95 ? perSecond.toFixed(1) : count(perSecond)}/s`]),
    ...(etaMs === undefined || done >= total ? [] : [`${duration(etaMs)} left`]),
  ].join(' | ');
}

/** The rate is the run's; how many there are only the program knows, for the input is read as it is taken. */
export function timeLeft({ done, perSecond, etaMs }: Progress, total: number): number | undefined {
  if (etaMs !== undefined) return etaMs;
  return perSecond > 0 ? (Math.max(total - done, 0) / perSecond) * 1000 : undefined;
}
