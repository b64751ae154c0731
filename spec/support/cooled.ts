import type { CompletionError } from '../../lib/domain/error';
import type { DeploymentState } from '../../lib/plan/deployment';
import type { Cause } from '../../lib/plan/health';
import { afterCall } from '../../lib/plan/health';

interface Cooldown {
  readonly cause: Cause;
  /** Length (ms). */
  readonly forMs: number;
  readonly error?: CompletionError | undefined;
  /** Probes that have failed in it. */
  readonly failedProbes?: number;
}

/** The deployment, found unwell at `now` (0) by one call, or by a probe and one more for each `failedProbes`. */
export function cooled(
  one: DeploymentState,
  { cause, forMs, error, failedProbes = 0 }: Cooldown,
  now = 0,
): DeploymentState {
  const rules = { cooldownMs: forMs, allowedFails: 0, on429: 'learn', alone: false } as const;
  for (let i = 0; i <= failedProbes; i++) {
    one.health = afterCall(one.health, { verdict: cause, probe: i > 0, error }, now, rules);
    one.health = { ...one.health, cooledUntil: now + forMs, cooledForMs: forMs };
  }
  return one;
}
