import type { Lease } from './shared';

/** What this process holds of a limit that others draw on as well. Changed in place, by the functions below. */
export interface Leased {
  /** Asks the others for so much, unless they have been asked already. */
  readonly ask: (amount: number) => void;
  /** Leases that are ours; the first of them ends first. */
  held: readonly HeldLease[];
  /** What calls took beyond their reservations and our leases: the next lease pays for it. */
  owed: number;
}

export interface HeldLease {
  readonly lease: Lease;
  /** On the router's clock (ms). */
  readonly until: number;
  left: number;
}

/** What a reservation has taken of a lease. */
export interface Portion {
  readonly from: HeldLease;
  readonly amount: number;
}

export function leased(ask: Leased['ask']): Leased {
  return { ask, held: [], owed: 0 };
}

export function leftOfLeases({ held }: Leased, now: number): number {
  return held.reduce((sum, { left, until }) => (now < until ? sum + left : sum), 0);
}

export function hold(its: Leased, lease: Lease, now: number): HeldLease {
  const one: HeldLease = { lease, until: now + lease.validMs, left: payFrom(its, lease.amount) };
  its.held = [...its.held, one].sort((a, b) => a.until - b.until);
  return one;
}

/** It is ours no more: what is left of it is for the others. */
export function letGo(its: Leased, one: HeldLease): void {
  its.held = its.held.filter((other) => other !== one);
  handBack(one, one.left);
}

/** Takes of what ends first. What is not there is owed. */
export function useUp(its: Leased, amount: number, now: number): readonly Portion[] {
  const portions: Portion[] = [];
  let missing = amount;
  for (const one of its.held) {
    const taken = now < one.until ? Math.min(one.left, missing) : 0;
    if (taken === 0) continue;
    one.left -= taken;
    missing -= taken;
    portions.push({ from: one, amount: taken });
  }
  its.owed += missing;
  return portions;
}

/** Of what a reservation took, so much was not used: it may be sent as long as its lease is ours, and is for the others afterwards. */
export function putBack(its: Leased, portions: readonly Portion[], unused: number): void {
  let left = unused;
  for (const { from, amount } of [...portions].reverse()) {
    const back = Math.min(left, amount);
    left -= back;
    const free = payFrom(its, back);
    if (its.held.includes(from)) from.left += free;
    else handBack(from, free);
  }
}

/** What remains when our debt has been paid. */
function payFrom(its: Leased, amount: number): number {
  const paid = Math.min(its.owed, amount);
  its.owed -= paid;
  return amount - paid;
}

function handBack({ lease }: HeldLease, unused: number): void {
  if (unused <= 0) return;
  try {
    lease.giveBack(unused);
  } catch {
    // It will be forgotten there by itself.
  }
}
