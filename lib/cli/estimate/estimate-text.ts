import { table } from '../table';
import { count, dollars, duration } from '../told';
import type { Estimate, GroupEstimate } from './estimate';

/** An estimate, for a person. */
export function estimateText({ groups, refused, problems, limitedMs }: Estimate): string {
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
    '  Tokens are a quarter of the characters; an answer is as long as its request allows, or as its deployment reserves (1 000).\n',
  ].join('');
}

function costText({ cost }: GroupEstimate): string {
  if (cost === undefined) return 'unknown: give prices';
  const [least, most] = cost;
  return least === most ? dollars(most) : `${dollars(least)} to ${dollars(most)}`;
}
