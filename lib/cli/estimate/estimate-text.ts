import { table } from '../table';
import { pricesAsOf } from '../../tokens/prices/prices-as-of';
import { count, dollars, duration } from '../told';
import type { Estimate, GroupEstimate } from './estimate';

/** An estimate, for a person. */
export function estimateText({ groups, refused, problems, limitedMs, isCounted }: Estimate): string {
  const rows = groups.map((one) => [
    one.group,
    count(one.requests),
    count(one.promptTokens),
    count(one.completionTokens),
    costText(one),
  ]);
  return [
    table(['group', 'requests', 'prompt tokens', 'answer tokens, at most', 'cost, at most'], rows),
    refused === 0 ? '' : `\n  ${count(refused)} would not be sent:\n${problems.map((one) => `    ${one}\n`).join('')}`,
    `\n  time        ${limitedMs === undefined ? 'the limits bound nothing: as long as the answers take' : `${duration(limitedMs)} at least, by the limits`}\n`,
    `  ${isCounted ? 'Tokens are counted, as each model reads them or nearly so' : 'Tokens are a quarter of the characters (npm install gpt-tokenizer: they are counted)'}.\n`,
    '  An answer is as long as its request allows, or as its deployment reserves (1 000).\n',
    `  Prices are those of the configuration, else list prices of ${pricesAsOf}.\n`,
  ].join('');
}

function costText({ cost }: GroupEstimate): string {
  if (cost === undefined) return 'unknown: give prices';
  const [least, most] = cost;
  return least === most ? dollars(most) : `${dollars(least)} to ${dollars(most)}`;
}
