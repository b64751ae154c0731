import type uPlot from 'uplot';
import type { ChartData } from '../chart-data';
import type { Chart } from './chart';
import type { Look } from './look';

/** A dot for each call: when it began, how long it took, and whose it was. A `ChartOf`. */
export function callsChart(
  data: ChartData,
  { style, colour, axis, clock, moment, cuts, logarithmic, seconds }: Look,
): Chart {
  const { times, deployments, dots } = data;
  const kinds = [...deployments, 'failed or throttled'];
  return {
    id: 'calls',
    options: {
      series: [
        moment,
        ...kinds.map((label, i) => {
          const stroke = i === deployments.length ? style('--bad') : colour(i);
          return {
            label,
            stroke,
            fill: stroke,
            paths: () => null,
            points: { show: true, size: 4, fill: stroke, width: 0 },
            value: (_: uPlot, took: number | null) => (took === null ? '--' : seconds(took)),
          };
        }),
      ],
      scales: { y: logarithmic },
      hooks: { draw: [cuts] },
      axes: [
        clock,
        {
          ...axis,
          size: 64,
          values: (_, ticks: (number | null)[]) => ticks.map((n) => (n === null ? '' : seconds(n))),
        },
      ],
    },
    // Two places more, without a dot: so that it spans the same time as the other charts.
    values: [
      [times[0], ...dots.at, times.at(-1)],
      ...kinds.map((_, kind) => [
        null,
        ...dots.took.map((took, i) => (dots.of[i] === kind ? Math.max(took, 0.001) : null)),
        null,
      ]),
    ] as unknown as uPlot.AlignedData,
  };
}
