import type uPlot from 'uplot';
import type { ChartData } from '../chart-data';
import type { Chart } from './chart';
import type { Look } from './look';

/** Tokens and cost, added up over time; no cost when there is none. A `ChartOf`. */
export function spendingChart(data: ChartData, { colour, axis, rightAxis, clock, moment, cuts, whole }: Look): Chart {
  const { times, tokens, cost } = data;
  const isPaid = (cost.at(-1) ?? 0) > 0;
  const usd: uPlot.Series = { label: 'USD', stroke: colour(1), width: 2, dash: [8, 6], scale: 'usd' };
  const usdAxis: uPlot.Axis = {
    ...rightAxis,
    scale: 'usd',
    size: 64,
    values: (_, ticks: number[]) => ticks.map((n) => `$${String(n)}`),
  };
  return {
    id: 'spending',
    options: {
      series: [
        moment,
        { label: 'tokens', stroke: colour(0), width: 2, points: { show: false } },
        ...(isPaid ? [{ ...usd, points: { show: false } }] : []),
      ],
      hooks: { draw: [cuts] },
      axes: [clock, { ...axis, size: 80, values: whole }, ...(isPaid ? [usdAxis] : [])],
    },
    values: [times, tokens, ...(isPaid ? [cost] : [])] as unknown as uPlot.AlignedData,
  };
}
