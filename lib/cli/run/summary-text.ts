import type { Ledger, Posting, RunSummary } from '../../index';
import { count, dollars, duration } from '../told';

/** What became of a run, for a person. */
export function summaryText(summary: RunSummary, total: number, out: string): string {
  const { succeeded, failed, restored, shared, byTag, elapsedP50Ms, elapsedP95Ms, usage, cost, makespanMs } = summary;
  const left = total - summary.total;
  const kinds = Object.entries(byTag).sort(([, a], [, b]) => b - a);
  return [
    `${count(succeeded)} of ${count(total)} answered, ${count(failed)} failed${left === 0 ? '' : `, ${count(left)} left`}, in ${duration(makespanMs)}`,
    ...(kinds.length === 0 ? [] : [`  failures    ${kinds.map(([tag, n]) => `${tag} ${count(n)}`).join(', ')}`]),
    ...(restored + shared === 0 ? [] : [`  not sent    ${count(restored)} restored, ${count(shared)} shared`]),
    `  latency     p50 ${duration(elapsedP50Ms)}, p95 ${duration(elapsedP95Ms)}`,
    `  tokens      ${tokens(usage)}`,
    `  cost        ${cost === undefined ? 'unknown: give prices' : dollars(cost)}`,
    ...Object.entries(summary.deployments).map(([id, ledger]) => `  ${id}: ${ledgerText(ledger)}`),
    `  results     ${out}`,
    '',
  ].join('\n');
}

function ledgerText({ completed, failed, throttled, aborted, retried, hedged }: Ledger): string {
  const kinds = { completed, failed, throttled, aborted, retried, hedged };
  return Object.entries(kinds)
    .filter(([name, { calls }]) => calls > 0 || name === 'completed')
    .map(([name, posting]) => `${count(posting.calls)} ${name}${took(posting)}`)
    .join(', ');
}

function took({ usage, cost }: Posting): string {
  if (usage.totalTokens === 0) return '';
  return ` (${tokens(usage)}${cost === undefined ? '' : `, ${dollars(cost)}`})`;
}

function tokens({ totalTokens, estimated }: Posting['usage']): string {
  return `${count(totalTokens)} tokens${estimated === true ? ', some estimated' : ''}`;
}
