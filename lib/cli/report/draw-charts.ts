import type uPlot from 'uplot';
import type { ChartData } from './chart-data';

/**
 * Draws the page's charts. It runs in the page, where it is put as its own text: so it uses nothing from outside of itself but what it is
 * given.
 */
export function drawCharts(data: ChartData, UPlot: typeof uPlot): void {
  const style = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colours = Array.from({ length: 8 }, (_, i) => style(`--series-${String(i + 1)}`));
  const colour = (i: number): string => colours[i % colours.length] ?? 'gray';
  const plots: { readonly plot: uPlot; readonly place: HTMLElement }[] = [];

  const add = (id: string, make: (axis: object) => object, values: unknown): void => {
    const place = document.getElementById(id);
    if (place === null) return;
    const tzDate = (at: number): Date => UPlot.tzDate(new Date(at * 1000), 'Etc/UTC');
    const axis = { stroke: style('--text-2'), grid: { stroke: style('--line'), width: 1 }, ticks: { show: false } };
    const options = { width: place.clientWidth, height: 240, tzDate, ...make(axis) } as uPlot.Options;
    plots.push({ plot: new UPlot(options, values as uPlot.AlignedData, place), place });
  };
  const whole = (_: uPlot, ticks: number[]): string[] => ticks.map((n) => (n % 1 === 0 ? n.toLocaleString('en') : ''));
  const seconds = (value: number): string =>
    value < 1 ? `${String(Math.round(value * 1000))} ms` : `${String(Number(value.toPrecision(3)))} s`;

  // What uPlot calls a tick by: its least distance, itself, and what is added when the year or the day is another.
  const day = ['\n{YYYY}-{MM}-{DD}', null, '\n{MM}-{DD}', null, null, null, 1];
  const clock = {
    space: 84,
    values: [
      [86_400, '{MM}-{DD}', '\n{YYYY}', null, null, null, null, null, 1],
      [60, '{HH}:{mm}', ...day],
      [1, '{HH}:{mm}:{ss}', ...day],
      [0.001, '{HH}:{mm}:{ss}.{fff}', ...day],
    ],
  };
  const moment = { label: 'at', value: '{YYYY}-{MM}-{DD} {HH}:{mm}:{ss}' };

  const draw = (): void => {
    for (const { plot } of plots.splice(0)) plot.destroy();
    add(
      'in-flight',
      (axis) => ({
        series: [
          moment,
          ...data.deployments.map((label, i) => ({ label, stroke: colour(i), width: 1.5, points: { show: false } })),
          {
            label: 'failed',
            stroke: style('--bad'),
            paths: () => null,
            points: { show: true, size: 5, fill: style('--bad') },
            scale: 'marks',
          },
          {
            label: 'throttled',
            stroke: style('--warn'),
            paths: () => null,
            points: { show: true, size: 5, fill: style('--warn') },
            scale: 'marks',
          },
        ],
        scales: { marks: { range: (_: uPlot, __: number, most: number) => [0, 3 * Math.max(most, 1)] } },
        axes: [
          { ...axis, ...clock },
          { ...axis, size: 48 },
          { ...axis, scale: 'marks', side: 1, size: 40, grid: { show: false }, values: whole },
        ],
      }),
      [
        data.times,
        ...data.inFlight,
        data.failed.map((n) => (n === 0 ? null : n)),
        data.throttled.map((n) => (n === 0 ? null : n)),
      ],
    );
    const kinds = [...data.deployments, 'failed or throttled'];
    add(
      'calls',
      (axis) => ({
        series: [
          moment,
          ...kinds.map((label, i) => {
            const stroke = i === data.deployments.length ? style('--bad') : colour(i);
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
        scales: { y: { distr: 3 } },
        axes: [
          { ...axis, ...clock },
          {
            ...axis,
            size: 64,
            values: (_: uPlot, ticks: (number | null)[]) => ticks.map((n) => (n === null ? '' : seconds(n))),
          },
        ],
      }),
      [
        data.dots.at,
        ...kinds.map((_, kind) =>
          data.dots.took.map((took, i) => (data.dots.of[i] === kind ? Math.max(took, 0.001) : null)),
        ),
      ],
    );
    add(
      'latency',
      (axis) => ({
        scales: {
          x: { time: false, range: [-0.5, data.latency.length - 0.5] },
          y: { range: (_: uPlot, __: number, most: number) => [0, 1.3 * most] },
        },
        series: [
          {
            label: 'up to',
            value: (_: uPlot, i: number | null) => (i === null ? '' : seconds((data.latency[i]?.toMs ?? 0) / 1000)),
          },
          {
            label: 'requests',
            stroke: colour(0),
            fill: colour(0),
            paths: UPlot.paths.bars?.({ size: [0.9, 100] }),
            points: { show: false },
          },
        ],
        hooks: {
          draw: [
            (plot: uPlot): void => {
              const { ctx, bbox } = plot;
              ctx.save();
              ctx.fillStyle = style('--text');
              ctx.font = `${String(12 * devicePixelRatio)}px system-ui, sans-serif`;
              data.marks.forEach(({ label, column }, i) => {
                const x = plot.valToPos(column + 0.5, 'x', true);
                const right = x + ctx.measureText(label).width < bbox.left + bbox.width;
                ctx.textAlign = right ? 'left' : 'right';
                ctx.fillRect(x, bbox.top, devicePixelRatio, bbox.height);
                ctx.fillText(
                  label,
                  x + (right ? 4 : -4) * devicePixelRatio,
                  bbox.top + (12 + 14 * i) * devicePixelRatio,
                );
              });
              ctx.restore();
            },
          ],
        },
        axes: [
          {
            ...axis,
            values: (_: uPlot, ticks: number[]) =>
              ticks.map((i) =>
                i % 1 === 0 && data.latency[i] !== undefined ? seconds(data.latency[i].fromMs / 1000) : '',
              ),
          },
          { ...axis, size: 56, values: whole },
        ],
      }),
      [data.latency.map((_, i) => i), data.latency.map(({ count }) => count)],
    );
    add(
      'spending',
      (axis) => ({
        series: [
          moment,
          { label: 'tokens', stroke: colour(0), width: 2, points: { show: false } },
          { label: 'USD', stroke: colour(1), width: 2, dash: [8, 6], scale: 'usd', points: { show: false } },
        ],
        axes: [
          { ...axis, ...clock },
          { ...axis, size: 72, values: whole },
          {
            ...axis,
            scale: 'usd',
            side: 1,
            size: 56,
            grid: { show: false },
            values: (_: uPlot, ticks: number[]) => ticks.map((n) => `$${String(n)}`),
          },
        ],
      }),
      [data.times, data.tokens, data.cost],
    );
  };

  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  addEventListener('resize', () => {
    for (const { plot, place } of plots) plot.setSize({ width: place.clientWidth, height: 240 });
  });
}
