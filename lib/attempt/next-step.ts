import type { CompletionError } from '../domain/error';
import { isReady } from '../plan/choose';
import { isInUse, type DeploymentState } from '../plan/deployment';
import { fits } from '../plan/fits';
import type { RetryBudget } from '../plan/retry-budget';
import { backOffMs } from './back-off';
import { ruleFor, type ErrorRule } from './error-rules';
import type { Patience, Tries } from './tries';

/** Ask again after `waitMs`; on whichever deployment can take it then. */
export interface Step {
  readonly waitMs: number;
  readonly throttled: boolean;
}

/** A call that failed, and whose it was. */
export interface FailedCall {
  readonly error: CompletionError;
  readonly deployment: DeploymentState;
  readonly group: readonly DeploymentState[];
  readonly tries: Tries;
  readonly patience: Patience;
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
export function nextStep(call: FailedCall, rules: StepRules): Step | undefined {
  const rule = ruleFor(call.error);
  call.tries.lastError = call.error;
  return rule.again === 'throttle' ? afterThrottle(call, rules) : afterFailure(call, rule, rules);
}

/** A throttle is not a failed try: it costs neither a retry nor the retry budget. */
function afterThrottle(call: FailedCall, rules: StepRules): Step | undefined {
  const { tries, patience } = call;
  if (tries.throttles >= patience.maxThrottles) return undefined;
  postpone(call, tries.throttles, rules);
  const waitMs = waitFor(call, rules.now());
  if (waitMs === undefined || tries.throttledMs + waitMs > patience.throttleMs) return undefined;
  tries.throttles += 1;
  tries.throttledMs += waitMs;
  return { waitMs, throttled: true };
}

function afterFailure(call: FailedCall, { again, elsewhere }: ErrorRule, rules: StepRules): Step | undefined {
  const { error, deployment, tries, patience } = call;
  if (again === 'no' && elsewhere === 'no') return undefined;
  if (tries.retries >= (patience.retryPolicy[error._tag] ?? patience.maxRetries)) return undefined;
  tries.tried = new Set([...tries.tried, deployment]);
  if (again === 'no' || (again === 'once' && tries.invalid.has(deployment))) {
    const useless = elsewhere === 'larger' ? call.group.filter((one) => !isLarger(one, deployment)) : [deployment];
    tries.excluded = new Set([...tries.excluded, ...useless]);
  } else {
    postpone(call, tries.retries, rules);
  }
  if (again === 'once') tries.invalid = new Set([...tries.invalid, deployment]);
  const waitMs = waitFor(call, rules.now());
  if (waitMs === undefined || !rules.retryBudget.draw()) return undefined;
  tries.retries += 1;
  return { waitMs, throttled: false };
}

/** A window that nobody has told us is not known to be larger. */
function isLarger({ contextWindow }: DeploymentState, than: DeploymentState): boolean {
  return contextWindow > than.contextWindow && contextWindow !== Infinity;
}

function postpone({ tries, deployment, error }: FailedCall, n: number, { now, random }: StepRules): void {
  const pending = [...tries.notBefore].filter(([, time]) => time > now());
  tries.notBefore = new Map([...pending, [deployment, now() + backOffMs(n, error.retryAfterMs, random)]]);
}

/**
 * Until the first deployment may be asked: 0 when one can take it now, or when none is in use: the rules of the group's line
 * say whether that is waited for. `undefined` when none is left but such as are wrongly configured, or another group would be asked
 * rather than wait, or not in time.
 */
function waitFor({ tries, group }: FailedCall, now: number): number | undefined {
  if (tries.deadline - now < 1) return undefined; // timers may ring early by a fraction
  const left = group.filter((one) => fits(one, tries));
  const inUse = left.filter((one) => isInUse(one, now));
  if (inUse.length === 0)
    return tries.hasFallback || left.every(({ health }) => health.cause === 'config') ? undefined : 0;
  if (inUse.some((one) => isReady(one, tries, now))) return 0;
  const soonest = Math.min(...inUse.map((one) => tries.notBefore.get(one) ?? now));
  const waitMs = Math.max(0, soonest - now);
  return now + waitMs < tries.deadline ? waitMs : undefined;
}
