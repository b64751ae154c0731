import { totalOf } from '../../domain/ledger';
import { escaped } from './escaped';
import { facts } from './facts';
import { failureTable } from './failure-table';
import { figures, figuresScript } from './figures';
import type { Findings } from './findings';
import { ledgerTable } from './ledger-table';
import { pageStyle } from './page-style';
import type { PlotLibrary } from './plot-library';

/** @param notes what the reader should know of the file, a sentence each */
export function page(title: string, found: Findings, notes: readonly string[], plots: PlotLibrary): string {
  const { requests, fromMs, toMs } = found;
  const hasCalls = totalOf(found.total).calls > 0;
  const when = hasCalls ? `${utc(fromMs)} to ${utc(toMs)}` : 'No call was made.';
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
<p>${requests === 0 ? 'No request has finished.' : when}</p>
${notes.map((note) => `<p>${escaped(note)}</p>`).join('\n')}
${requests === 0 ? '' : facts(found)}
${hasCalls ? `${figures(found)}\n${ledgerTable(found)}` : ''}
${failureTable(found)}
<footer>Written by rx-fanout. Tokens and cost are of all calls: those that failed or were aborted, too.</footer>
</main>
${hasCalls ? `<script>${plots.program}</script>\n<script>${figuresScript(found)}</script>` : ''}
</body>
</html>
`;
}

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
