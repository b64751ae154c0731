import type { Bar } from './bar';
import type { Geometry } from './geometry';
import type { Timeline } from './timeline';

/** The call that is drawn at that place; of several the last one. */
export function barAt({ bars }: Timeline, place: Geometry, x: number, y: number): Bar | undefined {
  return bars.findLast(
    ({ lane, from, until = Infinity }) =>
      place.laneY(lane) <= y && y < place.laneY(lane) + place.laneHeight && place.x(from) <= x && x <= place.x(until),
  );
}
