import { totalOf } from '../../domain/ledger';
import type { Ledger, Posting } from '../../index';
import { count, dollars } from '../told';
import { escaped } from './escaped';
import type { Findings } from './findings';

/** What each deployment did and took, by how its calls ended. */
export function ledgerTable({ deployments, total }: Findings): string {
  const kinds = ['completed', 'failed', 'throttled', 'aborted', 'retried', 'hedged'] as const;
  const isEstimated = totalOf(total).usage.estimated === true;
  const row = (name: string, ledger: Ledger): string =>
    `<tr><th scope="row">${escaped(name)}</th>${kinds.map((kind) => cell(ledger[kind])).join('')}${cell(totalOf(ledger))}</tr>`;
  return `<h2 id="deployments">Deployments</h2>
<p>Calls, the tokens they took and what they cost. Retried and hedged calls are among the others.${isEstimated ? ' ≈: estimated, at least in part.' : ''}</p>
<div class="scroll" role="region" aria-labelledby="deployments" tabindex="0"><table>
<thead><tr><th scope="col">deployment</th>${[...kinds, 'all'].map((kind) => `<th scope="col">${kind}</th>`).join('')}</tr></thead>
<tbody>${[...deployments].map(([name, ledger]) => row(name, ledger)).join('\n')}
${deployments.size > 1 ? row('all', total) : ''}</tbody>
</table></div>`;
}

function cell({ calls, usage, cost }: Posting): string {
  const about = usage.estimated === true ? '≈ ' : '';
  const took = usage.totalTokens === 0 ? '' : `<small>${about}${count(usage.totalTokens)} tokens</small>`;
  return `<td>${count(calls)}${took}${price(calls, cost)}</td>`;
}

function price(calls: number, cost: number | undefined): string {
  if (cost === undefined) return calls === 0 ? '' : '<small>cost unknown</small>';
  return cost === 0 ? '' : `<small>${dollars(cost)}</small>`;
}
