import { totalOf } from '../../domain/ledger';
import { count, duration } from '../told';
import { chartData } from './chart-data';
import { callsChart } from './charts/calls-chart';
import { drawCharts } from './charts/draw-charts';
import { inFlightChart } from './charts/in-flight-chart';
import { latencyChart } from './charts/latency-chart';
import { spendingChart } from './charts/spending-chart';
import { escaped, scriptJson } from './escaped';
import { type Findings, mostDots } from './findings';
import { pausedMs } from './paused-ms';

/** The places of the charts, each with its heading and what it says in words; those that would be empty are left out. */
export function figures(found: Findings): string {
  const { dots, total, latency } = found;
  const { calls, usage } = totalOf(total);
  const paused = pausedMs(found);
  const cut = paused === 0 ? '' : ` At a dashed line nothing was under way, and most of the pause is left out.`;
  const some = calls > mostDots ? ` A sample of ${count(dots.length)} of ${count(calls)}.` : '';
  const within = (share: number): string | undefined => {
    const ms = latency.quantile(share);
    return ms === undefined ? undefined : duration(ms);
  };
  const [half, most, nearlyAll] = [within(0.5), within(0.95), within(0.99)];
  return [
    figure(
      'in-flight',
      'Calls under way',
      `By deployment, over time (UTC); dots count the calls that failed or were throttled.${cut}`,
    ),
    figure('calls', 'Calls', `When each began (UTC), and how long it took.${some}`),
    ...(half === undefined || most === undefined || nearlyAll === undefined
      ? []
      : [
          figure(
            'latency',
            'Latency',
            `Of requests that were answered, waits and retries included: half within ${half}, 95 % within ${most}, 99 % within ${nearlyAll}.`,
          ),
        ]),
    ...(usage.totalTokens === 0
      ? []
      : [
          figure(
            'spending',
            'Tokens and cost',
            'Added up over time, of all calls; the cost is that of calls whose price is known.',
          ),
        ]),
  ].join('\n');
}

/** Draws the charts into their places. */
export function figuresScript(found: Findings): string {
  const charts = [inFlightChart, callsChart, latencyChart, spendingChart];
  return `(${drawCharts.toString()})(${scriptJson(chartData(found))}, uPlot, [${charts.map(String).join(',\n')}]);`;
}

function figure(id: string, title: string, says: string): string {
  return `<h2 id="${id}-title">${title}</h2>
<p id="${id}-text">${escaped(says)}</p>
<figure role="img" aria-labelledby="${id}-title" aria-describedby="${id}-text"><div id="${id}"></div></figure>`;
}
