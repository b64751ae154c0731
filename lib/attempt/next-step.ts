import type { CompletionError } from '../domain/error';
import { isReady } from '../plan/choose';
import type { DeploymentState } from '../plan/deployment';
import type { RetryBudget } from '../plan/retry-budget';
import { backOffMs } from './back-off';
import { ruleFor, type ErrorRule } from './error-rules';
import type { Patience, Tries } from './tries';

/** Ask again after `waitMs`; on whichever deployment can take it then. */
export interface Step {
  readonly waitMs: number;
  readonly throttled: boolean;
}

export interface StepRules {
  readonly now: () => number;
  readonly random: () => number;
  readonly retryBudget: RetryBudget;
}

/**
 * What follows a failed call: another one, or `undefined`: the request has failed with this error.
 * Notes in `tries` what was learned. A wait that would pass the deadline is not begun.
 */
export function nextStep(
  tries: Tries,
  error: CompletionError,
  failed: DeploymentState,
  group: readonly DeploymentState[],
  patience: Patience,
  rules: StepRules,
): Step | undefined {
  const rule = ruleFor(error);
  tries.lastError = error;
  return rule.again === 'throttle'
    ? afterThrottle(tries, error, failed, group, patience, rules)
    : afterFailure(tries, error, failed, group, patience, rules, rule);
}

/** A throttle is not a failed try: it costs neither a retry nor the retry budget. */
function afterThrottle(
  tries: Tries,
  error: CompletionError,
  failed: DeploymentState,
  group: readonly DeploymentState[],
  patience: Patience,
  rules: StepRules,
): Step | undefined {
  if (tries.throttles >= patience.maxThrottles) return undefined;
  postpone(tries, failed, backOffMs(tries.throttles, error.retryAfterMs, rules.random), rules.now());
  const waitMs = waitFor(tries, group, rules.now());
  if (waitMs === undefined || tries.throttledMs + waitMs > patience.throttleMs) return undefined;
  tries.throttles += 1;
  tries.throttledMs += waitMs;
  return { waitMs, throttled: true };
}

function afterFailure(
  tries: Tries,
  error: CompletionError,
  failed: DeploymentState,
  group: readonly DeploymentState[],
  patience: Patience,
  rules: StepRules,
  rule: ErrorRule,
): Step | undefined {
  if (rule.again === 'no' && !rule.elsewhere) return undefined;
  if (tries.retries >= (patience.retryPolicy[error._tag] ?? patience.maxRetries)) return undefined;
  tries.tried = new Set([...tries.tried, failed]);
  if (rule.again === 'no' || (rule.again === 'once' && tries.invalid.has(failed))) tries.excluded = new Set([...tries.excluded, failed]);
  else postpone(tries, failed, backOffMs(tries.retries, error.retryAfterMs, rules.random), rules.now());
  if (rule.again === 'once') tries.invalid = new Set([...tries.invalid, failed]);
  const waitMs = waitFor(tries, group, rules.now());
  if (waitMs === undefined || !rules.retryBudget.draw()) return undefined;
  tries.retries += 1;
  return { waitMs, throttled: false };
}

function postpone(tries: Tries, failed: DeploymentState, waitMs: number, now: number): void {
  const pending = [...tries.notBefore].filter(([, time]) => time > now);
  tries.notBefore = new Map([...pending, [failed, now + waitMs]]);
}

/** Until the first deployment may be asked: 0 when one can take it now; `undefined` when none is left, or not in time. */
function waitFor(tries: Tries, group: readonly DeploymentState[], now: number): number | undefined {
  const left = group.filter((one) => !tries.excluded.has(one));
  if (left.length === 0) return undefined;
  if (left.some((one) => isReady(one, tries, now))) return 0;
  const soonest = Math.min(...left.map((one) => tries.notBefore.get(one) ?? now));
  const waitMs = Math.max(0, soonest - now);
  return now + waitMs < tries.deadline ? waitMs : undefined;
}
