import type { Budget } from '../../domain/budget';

/** What a call takes of a budget. */
export interface Amounts {
  readonly usd: number;
  readonly tokens: number;
  readonly requests: number;
}

/** A budget, and what became of it. Changed in place by the functions below. */
export interface Spending {
  budget: Budget;
  /** Whose it is, for the error: the run's or the router's. */
  readonly of: 'run' | 'router';
  /** By calls that have ended. */
  spent: Amounts;
  /** By calls under way: what they may come to. */
  reserved: Amounts;
}

const nothing: Amounts = { usd: 0, tokens: 0, requests: 0 };

export function spending(budget: Budget, of: Spending['of']): Spending {
  return { budget, of, spent: nothing, reserved: nothing };
}

/** Whether a call can be paid for: `later`, perhaps, when calls under way turn out to take less than they may. */
export function canAfford({ budget, spent, reserved }: Spending, amounts: Amounts): 'now' | 'later' | 'never' {
  const isWithin = (held: Amounts): boolean => kinds.every((kind) => held[kind] + amounts[kind] <= most(budget, kind));
  if (isWithin(plus(spent, reserved))) return 'now';
  return isWithin(spent) ? 'later' : 'never';
}

export function reserve(one: Spending, amounts: Amounts): void {
  one.reserved = plus(one.reserved, amounts);
}

/** A call has ended: what was reserved for it is free, what it really took is spent. */
export function spend(one: Spending, reserved: Amounts, taken: Amounts): void {
  const before = one.reserved;
  one.reserved =
    before.requests === reserved.requests // the last call under way: sums of fractions would leave a rest
      ? nothing
      : {
          usd: before.usd - reserved.usd,
          tokens: before.tokens - reserved.tokens,
          requests: before.requests - reserved.requests,
        };
  one.spent = plus(one.spent, taken);
}

const kinds = ['usd', 'tokens', 'requests'] as const;

/** Of USD a billionth more: sums of fractions are never exact. */
function most(budget: Budget, kind: (typeof kinds)[number]): number {
  return (budget[kind] ?? Infinity) + (kind === 'usd' ? 1e-9 : 0);
}

function plus(a: Amounts, b: Amounts): Amounts {
  return { usd: a.usd + b.usd, tokens: a.tokens + b.tokens, requests: a.requests + b.requests };
}
