import type { Bar } from './bar';
import type { Timeline } from './timeline';

/**
 * The call that a key leads to, from the one chosen: the arrows to the one before or after it in its lane, or to the one that was under way
 * at its beginning in the lane above or below; Home and End to the first and the last of all. The first when none is chosen yet.
 */
export function barByKey({ bars }: Timeline, chosen: Bar | undefined, key: string): Bar | undefined {
  const last = bars.at(-1);
  if (key === 'Home' || (key.startsWith('Arrow') && chosen === undefined)) return bars[0];
  if (key === 'End') return last;
  if (chosen === undefined) return undefined;
  const inLane = (lane: number) => bars.filter((bar) => bar.lane === lane);
  const atThatTime = (lane: number) => {
    const there = inLane(lane);
    return there.findLast(({ from }) => from <= chosen.from) ?? there[0] ?? chosen;
  };
  switch (key) {
    case 'ArrowLeft':
      return inLane(chosen.lane).findLast(({ from }) => from < chosen.from) ?? chosen;
    case 'ArrowRight':
      return inLane(chosen.lane).find(({ from }) => from > chosen.from) ?? chosen;
    case 'ArrowUp':
      return atThatTime(chosen.lane - 1);
    case 'ArrowDown':
      return atThatTime(chosen.lane + 1);
    default:
      return undefined;
  }
}
