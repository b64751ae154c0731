import type { Timeline } from './timeline';

/** Heights in CSS pixels. */
const cooldownHeight = 10;
const laneHeight = 16;
const axisHeight = 18;
/** A run is drawn as if it took this long (ms) until it does. */
const shortestMs = 4000;

/** Where things stand in a drawing of that width: everything that has happened fits in. */
export interface Geometry {
  readonly width: number;
  readonly height: number;
  /** The time that the width stands for (ms). */
  readonly spanMs: number;
  readonly laneHeight: number;
  readonly cooldownHeight: number;
  /** @param at ms since the epoch */
  readonly x: (at: number) => number;
  readonly laneY: (lane: number) => number;
  readonly cooldownY: (deployment: string) => number;
  readonly axisY: number;
}

export function geometry(timeline: Timeline, width: number, now: number): Geometry {
  const { deployments, from, laneCount } = timeline;
  const spanMs = Math.max(now - from, shortestMs);
  const lanesY = deployments.length * cooldownHeight + 4;
  const axisY = lanesY + Math.max(laneCount, 1) * laneHeight;
  return {
    width,
    height: axisY + axisHeight,
    spanMs,
    laneHeight,
    cooldownHeight,
    x: (at) => ((at - from) / spanMs) * width,
    laneY: (lane) => lanesY + lane * laneHeight,
    cooldownY: (deployment) => deployments.indexOf(deployment) * cooldownHeight,
    axisY,
  };
}
