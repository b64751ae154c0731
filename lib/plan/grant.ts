import type { Ask, Choice } from './choose';
import type { Permit } from './group';
import { startProbe } from './health';
import { amountOf, needOf } from './limits/need';
import { take } from './limits/rate';
import { reserve } from './limits/spending';

/** Takes a place at the deployment that was chosen, and its share of every limit and budget: all at once, before anybody else can. */
export function grant(
  { deployment, probe }: Extract<Choice, { readonly kind: 'send' }>,
  ask: Ask,
  now: number,
): Permit {
  const number = deployment.sent;
  const amounts = needOf(deployment, ask);
  deployment.sent += 1;
  deployment.inFlight += 1;
  if (deployment.quota !== undefined) deployment.quota.inFlight += 1;
  const portions = deployment.draws.map((draw) => take(draw, amountOf(draw, amounts.tokens), now));
  for (const its of ask.spendings) reserve(its, amounts);
  if (probe) deployment.health = startProbe(deployment.health);
  return {
    deployment,
    probe,
    number,
    reservation: {
      at: now,
      amounts,
      draws: deployment.draws,
      portions,
      quota: deployment.quota,
      spendings: ask.spendings,
    },
  };
}
