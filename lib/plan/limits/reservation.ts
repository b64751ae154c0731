import type { Portion } from './leased';
import type { Quota } from './quota';
import type { Rate } from './rate';
import type { Amounts, Spending } from './spending';

/** What a call under way has taken of limits and budgets, before anybody knows what it will really take. Ends once, with the call. */
export interface Reservation {
  /** On the router's clock (ms). */
  readonly at: number;
  readonly amounts: Amounts;
  /** The limits that it was taken of. */
  readonly draws: readonly Rate[];
  /** For each of them: of which leases. */
  readonly portions: readonly (readonly Portion[])[];
  readonly quota: Quota | undefined;
  readonly spendings: readonly Spending[];
}
