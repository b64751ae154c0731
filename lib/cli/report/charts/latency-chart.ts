import type uPlot from 'uplot';
import type { ChartData } from '../chart-data';
import type { Chart } from './chart';
import type { Look } from './look';

/** Requests by how long they took, with a line at each quantile. A `ChartOf`. */
export function latencyChart(data: ChartData, { style, colour, axis, bars, whole, seconds }: Look): Chart {
  const { latency, marks } = data;
  const drawMarks = (plot: uPlot): void => {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.fillStyle = style('--text');
    ctx.font = `${String(12 * devicePixelRatio)}px system-ui, sans-serif`;
    marks.forEach(({ label, place }, i) => {
      const x = plot.valToPos(place - 0.5, 'x', true); // a bar's middle is at a whole number
      const isRoom = x + ctx.measureText(label).width + 8 * devicePixelRatio < bbox.left + bbox.width;
      ctx.textAlign = isRoom ? 'left' : 'right';
      ctx.fillRect(x, bbox.top, devicePixelRatio, bbox.height);
      ctx.fillText(label, x + (isRoom ? 4 : -4) * devicePixelRatio, bbox.top + (12 + 14 * i) * devicePixelRatio);
    });
    ctx.restore();
  };
  return {
    id: 'latency',
    options: {
      scales: {
        x: { time: false, range: [-0.5, latency.length - 0.5] },
        y: { range: (_, __, most) => [0, 1.4 * most] }, // room for the names of the lines
      },
      series: [
        { label: 'up to', value: (_, i: number | null) => (i === null ? '' : seconds((latency[i]?.toMs ?? 0) / 1000)) },
        {
          label: 'requests',
          stroke: colour(0),
          fill: colour(0),
          ...(bars && { paths: bars }),
          points: { show: false },
        },
      ],
      hooks: { draw: [drawMarks] },
      axes: [
        {
          ...axis,
          values: (_, ticks: number[]) =>
            ticks.map((i) => (i % 1 === 0 && latency[i] !== undefined ? seconds(latency[i].fromMs / 1000) : '')),
        },
        { ...axis, size: 56, values: whole },
      ],
    },
    values: [latency.map((_, i) => i), latency.map(({ count }) => count)],
  };
}
