import type uPlot from 'uplot';
import type { ChartData } from '../chart-data';
import type { Chart } from './chart';
import type { Look } from './look';

/** Calls under way by deployment, and marks where some failed or were throttled. A `ChartOf`. */
export function inFlightChart(
  data: ChartData,
  { style, colour, axis, rightAxis, clock, moment, cuts, whole }: Look,
): Chart {
  const mark = (label: string, stroke: string): uPlot.Series => ({
    label,
    stroke,
    paths: () => null,
    points: { show: true, size: 5, fill: stroke },
    scale: 'marks',
  });
  const orNone = (counts: readonly number[]): (number | null)[] => counts.map((n) => (n === 0 ? null : n));
  return {
    id: 'in-flight',
    options: {
      series: [
        moment,
        ...data.deployments.map((label, i) => ({ label, stroke: colour(i), width: 1.5, points: { show: false } })),
        mark('failed', style('--bad')),
        mark('throttled', style('--warn')),
      ],
      scales: { marks: { range: (_, __, most) => [0, 3 * Math.max(most, 1)] } }, // in the lowest third
      hooks: { draw: [cuts] },
      axes: [clock, { ...axis, size: 48 }, { ...rightAxis, scale: 'marks', size: 40, values: whole }],
    },
    values: [data.times, ...data.inFlight, orNone(data.failed), orNone(data.throttled)] as unknown as uPlot.AlignedData,
  };
}
