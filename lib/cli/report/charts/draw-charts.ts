import type uPlot from 'uplot';
import type { ChartData } from '../chart-data';
import type { ChartOf } from './chart';
import type { Look } from './look';

/**
 * Draws the page's charts, again when it becomes dark or light. It runs in the page, where it is put as its own text: so it uses nothing from
 * outside of itself but what it is given.
 */
export function drawCharts(data: ChartData, UPlot: typeof uPlot, chartsOf: readonly ChartOf[]): void {
  const heightPx = 240;
  const plots: { readonly plot: uPlot; readonly place: HTMLElement }[] = [];

  const realTime = (at: number): Date => {
    const after = data.cuts.reduce((time, cut) => (at < cut.at ? time : time + cut.seconds), at);
    return UPlot.tzDate(new Date(after * 1000), 'Etc/UTC');
  };
  // What uPlot calls a tick by: its least distance, itself, and what is added when the year or the day is another.
  const day = ['\n{YYYY}-{MM}-{DD}', null, '\n{MM}-{DD}', null, null, null, 1];
  const ticks = [
    [86_400, '{MM}-{DD}', '\n{YYYY}', null, null, null, null, null, 1],
    [60, '{HH}:{mm}', ...day],
    [1, '{HH}:{mm}:{ss}', ...day],
    [0.001, '{HH}:{mm}:{ss}.{fff}', ...day],
  ] as uPlot.Axis.Values;

  const look = (): Look => {
    const style = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const axis: uPlot.Axis = {
      stroke: style('--text-2'),
      grid: { stroke: style('--line'), width: 1 },
      ticks: { show: false },
    };
    /* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- uPlot has these enums only in its types: no name of them is there to run */
    const rightAxis: uPlot.Axis = { ...axis, side: 1, grid: { show: false } };
    const logarithmic: uPlot.Scale = { distr: 3 };
    /* eslint-enable @typescript-eslint/no-unsafe-enum-assignment */
    return {
      style,
      colour: (series) => style(`--series-${String((series % 8) + 1)}`),
      axis,
      rightAxis,
      logarithmic,
      clock: { ...axis, space: 100, values: ticks },
      moment: { label: 'at', value: '{YYYY}-{MM}-{DD} {HH}:{mm}:{ss}' },
      bars: UPlot.paths.bars?.({ size: [0.9] }),
      cuts: (plot) => {
        const { ctx, bbox } = plot;
        ctx.save();
        ctx.strokeStyle = style('--text-2');
        ctx.lineWidth = devicePixelRatio;
        ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
        for (const { at } of data.cuts) {
          const x = plot.valToPos(at, 'x', true);
          if (x < bbox.left || x > bbox.left + bbox.width) continue; // zoomed in
          ctx.beginPath();
          ctx.moveTo(x, bbox.top);
          ctx.lineTo(x, bbox.top + bbox.height);
          ctx.stroke();
        }
        ctx.restore();
      },
      whole: (_, numbers) => numbers.map((n) => (n % 1 === 0 ? n.toLocaleString('en').replace(/,/g, '\u00a0') : '')),
      seconds: (value) =>
        value < 1 ? `${String(Math.round(value * 1000))} ms` : `${String(Number(value.toPrecision(3)))} s`,
    };
  };

  const draw = (): void => {
    for (const { plot } of plots.splice(0)) plot.destroy();
    for (const chartOf of chartsOf) {
      const { id, options, values } = chartOf(data, look());
      const place = document.getElementById(id);
      if (place === null) continue; // nothing to show in it: the page has no place for it
      const size = { width: place.clientWidth, height: heightPx };
      plots.push({ plot: new UPlot({ ...size, tzDate: realTime, ...options }, values, place), place });
    }
  };

  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  addEventListener('resize', () => {
    for (const { plot, place } of plots) plot.setSize({ width: place.clientWidth, height: heightPx });
  });
}
