import type { Findings } from './findings';
import { pausesOf } from './pauses';

/** How long the run stood still before it was gone on with, all pauses together (ms). */
export function pausedMs({ timeLine }: Pick<Findings, 'timeLine'>): number {
  const busy = timeLine.read().map(([stretch]) => stretch);
  return pausesOf(busy, timeLine.everyMs()).reduce((ms, pause) => ms + pause.toMs - pause.fromMs, 0);
}
