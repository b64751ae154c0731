import type { Amounts, Spending } from './spending';

/** What a call under way has taken of limits and budgets, before anybody knows what it will really take. Ends once, with the call. */
export interface Reservation {
  /** On the router's clock (ms). */
  readonly at: number;
  readonly amounts: Amounts;
  readonly spendings: readonly Spending[];
}
