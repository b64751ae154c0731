import { isFree } from './deployment';
import { fits } from './fits';
import type { Group, Waiter } from './group';
import { amountOf, tokensFor } from './limits/need';
import { askForLease, isLeased, opensAt, type Rate } from './limits/rate';

/**
 * The limits that keep a waiter from a deployment which would take it otherwise: nobody behind takes from them, however little, or a
 * large request would wait for ever. Where nothing but a lease is missing, it is asked for; asked for sooner, it would run out meanwhile.
 */
export function claim({ ask }: Waiter, { deployments }: Group, now: number, claims: Set<Rate>): void {
  for (const one of deployments) {
    if (one.draws.length === 0 || !isFree(one, now) || (ask.notBefore.get(one) ?? 0) > now || !fits(one, ask)) continue;
    const tokens = tokensFor(one, ask.estimate);
    const isBlocked = one.draws.some((draw) => claims.has(draw) || opensAt(draw, amountOf(draw, tokens), now) > now);
    for (const draw of one.draws) {
      const amount = amountOf(draw, tokens);
      const isUnleased = !isLeased(draw, amount, now);
      if (isUnleased && !isBlocked) askForLease(draw, amount);
      if (isUnleased || opensAt(draw, amount, now) > now) claims.add(draw);
    }
  }
}
