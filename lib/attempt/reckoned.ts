import { costOf } from '../domain/price';
import { factsOf, type DeploymentState } from '../plan/deployment';
import type { Estimate } from '../plan/limits/estimate';
import type { CallEnd } from '../plan/settle';
import { chargeOf } from './charge';
import { estimatedUsage } from './estimated-usage';

interface Known {
  readonly estimate: Estimate;
  /** What the star of a wildcard group stood for. */
  readonly star: string | undefined;
  readonly isSent: boolean;
  /** What came of the answer, as far as it came. */
  readonly text: string | undefined;
}

/** What a call has come to: what is charged of its reservation, its usage, reported or estimated, and what that costs. */
export function reckoned(
  { ended, error, usage: reported }: Pick<CallEnd, 'ended' | 'error' | 'usage'>,
  deployment: DeploymentState,
  { estimate, star, isSent, text }: Known,
): Pick<CallEnd, 'charge' | 'usage' | 'cost'> {
  const charge = chargeOf({ ended, error }, isSent);
  const usage = reported ?? (charge === 'used' ? estimatedUsage(deployment, estimate, text) : undefined);
  const { price } = factsOf(deployment, star);
  return { charge, usage, cost: usage === undefined ? 0 : price && costOf(usage, price) };
}
