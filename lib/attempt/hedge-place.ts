import { admitNow, type Permit } from '../plan/admission';
import type { Journey, RouterContext } from './journey';

/**
 * A place for a second call beside that of `first`, at another deployment that is well and has room now, while the budget of such calls
 * lasts. Nobody waits for it, and no probe is made of it: a probe that is aborted has said nothing.
 */
export function hedgePlace(
  first: Permit,
  { target: { group }, tries }: Journey,
  context: RouterContext,
): Permit | undefined {
  if (!context.hedgeBudget.suffices()) return undefined;
  const unwell = group.deployments.filter(({ health }) => health.cause !== undefined);
  const excluded = new Set([...tries.excluded, ...unwell, first.deployment]);
  const place = admitNow(group, { ...tries, excluded }, context);
  if (place?._tag !== 'Right') return undefined;
  context.hedgeBudget.spend();
  return place.right;
}
