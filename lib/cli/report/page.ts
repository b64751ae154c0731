import { totalOf } from '../../domain/ledger';
import type { Ledger, Posting } from '../../index';
import { count, dollars, duration } from '../told';
import { chartData } from './chart-data';
import { drawCharts } from './draw-charts';
import { escaped, scriptJson } from './escaped';
import { type Findings, mostDots } from './findings';
import { pageStyle } from './page-style';
import type { PlotLibrary } from './plot-library';

/** @param notes what the reader should know of the file, a sentence each */
export function page(title: string, found: Findings, notes: readonly string[], plots: PlotLibrary): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${plots.style}${pageStyle}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${found.requests === 0 ? 'No request has finished.' : `${when(found.fromMs)} to ${when(found.toMs)}`}</p>
${notes.map((note) => `<p>${escaped(note)}</p>`).join('\n')}
${facts(found)}
${totalOf(found.total).calls === 0 ? '' : charts(found)}
${ledgers(found)}
${failures(found)}
<footer>Written by rx-fanout. Tokens and cost are of all calls: those that failed or were aborted, too.</footer>
</main>
<script>${plots.program}</script>
<script>(${drawCharts.toString()})(${scriptJson(chartData(found))}, uPlot);</script>
</body>
</html>
`;
}

function when(ms: number): string {
  return Number.isFinite(ms) ? `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC` : 'never';
}

function facts(found: Findings): string {
  const { requests, failed, shared, total, latency, fromMs, toMs } = found;
  const all = totalOf(total);
  const makespanMs = Math.max(0, toMs - fromMs);
  const perSecond = makespanMs > 0 ? (requests * 1000) / makespanMs : 0;
  const entries: readonly (readonly [name: string, value: string, more: string])[] = [
    [
      'Requests',
      count(requests),
      `${perSecond < 10 ? perSecond.toFixed(1) : count(perSecond)} a second${shared === 0 ? '' : `, ${count(shared)} shared`}`,
    ],
    ['Failed', count(failed), `${requests === 0 ? '0' : ((failed * 100) / requests).toFixed(1)} %`],
    ['Time', Number.isFinite(makespanMs) ? duration(makespanMs) : 'none', 'from the first call to the last end'],
    [
      'Latency, median',
      duration(latency.quantile(0.5)),
      `p95 ${duration(latency.quantile(0.95))}, p99 ${duration(latency.quantile(0.99))}`,
    ],
    [
      'Calls',
      count(all.calls),
      `${count(total.retried.calls)} retries, ${count(total.throttled.calls)} throttled, ${count(total.hedged.calls)} hedged`,
    ],
    [
      'Tokens',
      count(all.usage.totalTokens),
      `${count(all.usage.promptTokens)} read, ${count(all.usage.completionTokens)} written${all.usage.estimated === true ? ', some estimated' : ''}`,
    ],
    [
      'Cost',
      all.cost === undefined ? 'unknown' : dollars(all.cost),
      all.cost === undefined ? 'a price is missing' : 'at the prices configured',
    ],
  ];
  return `<dl class="facts">${entries
    .map(
      ([name, value, more]) =>
        `<div><dt>${name}</dt><dd${name === 'Failed' && failed > 0 ? ' class="bad"' : ''}>${escaped(unbroken(value))}<small>${escaped(unbroken(more))}</small></dd></div>`,
    )
    .join('')}</dl>`;
}

/** A number stays in one line with its thousands and its unit. */
function unbroken(text: string): string {
  return text.replace(/(\d) (?=\d|%|m?s\b|min\b|h\b)/g, '$1\u00a0');
}

function charts({ dots, total, latency }: Findings): string {
  const { calls } = totalOf(total);
  const some = calls > mostDots ? ` A sample of ${count(dots.length)} of ${count(calls)}.` : '';
  return [
    figure(
      'in-flight',
      'Calls under way',
      'By deployment, over time (UTC); dots count the calls that failed or were throttled.',
    ),
    figure('calls', 'Calls', `When each began (UTC), and how long it took.${some}`),
    figure(
      'latency',
      'Latency',
      `Of requests that were answered, waits and retries included: half within ${duration(latency.quantile(0.5))}, 95 % within ${duration(latency.quantile(0.95))}, 99 % within ${duration(latency.quantile(0.99))}.`,
    ),
    figure('spending', 'Tokens and cost', 'Added up over time, of all calls.'),
  ].join('\n');
}

function figure(id: string, title: string, says: string): string {
  return `<h2 id="${id}-title">${title}</h2>
<p id="${id}-text">${escaped(says)}</p>
<figure role="img" aria-labelledby="${id}-title" aria-describedby="${id}-text"><div id="${id}"></div></figure>`;
}

function ledgers({ deployments, total }: Findings): string {
  if (deployments.size === 0) return '';
  const kinds = ['completed', 'failed', 'throttled', 'aborted', 'retried', 'hedged'] as const;
  const row = (name: string, ledger: Ledger): string =>
    `<tr><th scope="row">${escaped(name)}</th>${kinds.map((kind) => cell(ledger[kind])).join('')}${cell(totalOf(ledger))}</tr>`;
  return `<h2>Deployments</h2>
<p>Calls, the tokens they took and what they cost. Retried and hedged calls are among the others.</p>
<div class="scroll" tabindex="0"><table>
<thead><tr><th scope="col">deployment</th>${[...kinds, 'all'].map((kind) => `<th scope="col">${kind}</th>`).join('')}</tr></thead>
<tbody>${[...deployments].map(([name, ledger]) => row(name, ledger)).join('\n')}
${deployments.size > 1 ? row('all', total) : ''}</tbody>
</table></div>`;
}

function cell({ calls, usage, cost }: Posting): string {
  const took = usage.totalTokens === 0 ? '' : `<small>${count(usage.totalTokens)} tokens</small>`;
  const price = cost === undefined || cost === 0 ? '' : `<small>${dollars(cost)}</small>`;
  return `<td>${count(calls)}${took}${price}</td>`;
}

function failures({ kinds }: Findings): string {
  if (kinds.size === 0) return '';
  const rows = [...kinds]
    .sort(([, a], [, b]) => b.count - a.count)
    .map(
      ([tag, kind]) =>
        `<tr><th scope="row">${escaped(tag)}</th><td>${count(kind.count)}</td><td class="text">${escaped(kind.message.slice(0, 300))}</td></tr>`,
    );
  return `<h2>Failures</h2>
<p>Requests that failed in the end, by kind, and what the first of each said.</p>
<div class="scroll" tabindex="0"><table>
<thead><tr><th scope="col">kind</th><th scope="col">requests</th><th scope="col" style="text-align:left">said</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>`;
}
