import type { Usage } from '../../domain/usage';
import type { Permit } from '../group';
import { giveBack } from './rate';
import { spend, type Amounts } from './spending';

/**
 * What a call has taken of what was reserved for it. `used`: its usage, reported or estimated. `refused`: it counts as a call, but the
 * provider did nothing for it. `unsent`: nothing, since no byte was sent, or the provider put it off.
 */
export type Charge = 'used' | 'refused' | 'unsent';

interface Taken {
  readonly charge?: Charge | undefined;
  readonly usage?: Usage | undefined;
  readonly cost?: number | undefined;
}

/** Ends a reservation: what the call did not take is given back, of every limit and budget. */
export function release({ reservation }: Pick<Permit, 'reservation'>, call: Taken, now: number): void {
  const { at, amounts, draws, portions, quota, spendings } = reservation;
  if (quota !== undefined) quota.inFlight -= 1;
  const taken = takenBy(call, amounts);
  const [rest, restTokens] = [amounts.requests - taken.requests, amounts.tokens - taken.tokens];
  draws.forEach((draw, i) => {
    const amount = draw.counts === 'requests' ? rest : restTokens;
    if (amount !== 0) giveBack(draw, amount, at, now, portions[i]);
  });
  for (const its of spendings) spend(its, amounts, taken);
}

function takenBy({ charge, usage, cost }: Taken, amounts: Amounts): Amounts {
  if (charge === 'unsent') return { requests: 0, tokens: 0, usd: 0 };
  if (charge === 'refused') return { requests: 1, tokens: 0, usd: 0 };
  return { requests: 1, tokens: usage?.totalTokens ?? amounts.tokens, usd: cost ?? amounts.usd };
}
