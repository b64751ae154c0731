import type { RouterConfig } from '../config/router-config';
import { Count } from '../domain/numbers';
import { countsByTag } from './counts-by-tag';
import type { Fields } from './fields';

const refused = 'what was refused once is refused again: it is not retried';

/** How often calls are made again. A 429 is sat out here, not retried: its number is that of the throttles too. */
export function retriesOf(
  router: Fields,
  settings: Fields,
): Pick<RouterConfig, 'maxRetries' | 'maxThrottles' | 'retryPolicy'> {
  const inSettings = settings.number('num_retries', Count);
  const numRetries = router.number('num_retries', Count) ?? inSettings;
  const policy = router.fields('retry_policy');
  const byDefault = policy.number('DefaultRetries', Count);
  const retryPolicy = countsByTag(policy, 'Retries', { BadRequest: refused, ContentPolicyViolation: refused });
  return { maxRetries: byDefault ?? numRetries, maxThrottles: retryPolicy?.RateLimited, retryPolicy };
}
