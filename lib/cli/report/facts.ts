import { totalOf } from '../../domain/ledger';
import { count, dollars, duration } from '../told';
import { escaped } from './escaped';
import type { Findings } from './findings';
import { pausedMs } from './paused-ms';

/** The figures at the top of the page. */
export function facts(found: Findings): string {
  const { requests, failed, total, latency } = found;
  const { calls, usage, cost } = totalOf(total);
  const quantile = (share: number): string => duration(latency.quantile(share) ?? 0);
  const hasAnswers = requests > failed;
  return `<dl class="facts">
${fact('Requests', count(requests), asked(found))}
${fact('Failed', count(failed), `${((failed * 100) / requests).toFixed(1)} %`, failed > 0)}
${fact('Time', calls === 0 ? 'none' : duration(tookMs(found)), pauses(found))}
${fact(
  'Latency, median',
  hasAnswers ? quantile(0.5) : 'none',
  hasAnswers ? `p95 ${quantile(0.95)}, p99 ${quantile(0.99)}` : 'nothing was answered',
)}
${fact(
  'Calls',
  count(calls),
  `${count(total.retried.calls)} retries, ${count(total.throttled.calls)} throttled, ${count(total.hedged.calls)} hedged`,
)}
${fact(
  'Tokens',
  count(usage.totalTokens),
  `${count(usage.promptTokens)} read, ${count(usage.completionTokens)} written${usage.estimated === true ? ', some estimated' : ''}`,
)}
${fact('Cost', cost === undefined ? 'unknown' : dollars(cost), cost === undefined ? 'a price is missing' : 'at the prices configured')}
</dl>`;
}

function fact(name: string, value: string, more: string, isBad = false): string {
  return `<div><dt>${name}</dt><dd${isBad ? ' class="bad"' : ''}>${escaped(unbroken(value))}<small>${escaped(unbroken(more))}</small></dd></div>`;
}

function tookMs(found: Findings): number {
  return Math.max(0, found.toMs - found.fromMs - pausedMs(found));
}

function pauses(found: Findings): string {
  const ms = pausedMs(found);
  return `from the first call to the last end${ms === 0 ? '' : `, without ${duration(ms)} of pauses`}`;
}

function asked(found: Findings): string {
  const { requests, failed, shared } = found;
  const perSecond = tookMs(found) > 0 ? (requests * 1000) / tookMs(found) : 0;
  const rate = perSecond === 0 ? [] : [`${perSecond < 10 ? perSecond.toPrecision(2) : count(perSecond)} a second`];
  const together = shared === 0 ? [] : [`${count(shared)} shared`];
  return [`${count(requests - failed)} answered`, ...rate, ...together].join(', ');
}

/** A number stays in one line with its thousands and its unit. */
function unbroken(text: string): string {
  return text.replace(/(\d) (?=\d|%|m?s\b|min\b|h\b|a second)/g, '$1\u00a0').replace('a second', 'a\u00a0second');
}
