import type { RouterConfig } from './config/router-config';
import type { Quota } from './plan/limits/quota';
import { ratesOf } from './plan/limits/rates-of';

/** The quotas of a configuration, by name; those that are known go on under their new limits. */
export function routerQuotas(
  { quotas = {} }: Pick<RouterConfig, 'quotas'>,
  known: ReadonlyMap<string, Quota>,
): ReadonlyMap<string, Quota> {
  return new Map(
    Object.entries(quotas).map(([name, given]) => {
      const quota = known.get(name) ?? { name, maxParallel: Infinity, rates: [], inFlight: 0 };
      quota.maxParallel = given.maxParallel ?? Infinity;
      quota.rates = ratesOf(given, quota.rates);
      return [name, quota];
    }),
  );
}
