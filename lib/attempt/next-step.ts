import type { CompletionError } from '../domain/error';
import { isReady } from '../plan/choose';
import { factsOf, isInUse, type DeploymentState } from '../plan/deployment';
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
  return rule.again === 'throttle' ? afterThrottle(call, rule, rules) : afterFailure(call, rule, rules);
}

/**
 * A call has failed beside which another is under way: notes whom it is no use to ask, if that fails too. An answer that could not be read
 * says nothing of that.
 */
export function learn(call: FailedCall, rules: StepRules): void {
  if (call.error._tag === 'InvalidOutput') return;
  note(call, ruleFor(call.error), rules);
}

/** A throttle is not a failed try: it costs neither a retry nor the retry budget. */
function afterThrottle(call: FailedCall, rule: ErrorRule, rules: StepRules): Step | undefined {
  const { tries, patience } = call;
  if (tries.throttles >= patience.maxThrottles) return undefined;
  note(call, rule, rules);
  const waitMs = waitFor(call, rules.now());
  if (waitMs === undefined || tries.throttledMs + waitMs > patience.throttleMs) return undefined;
  tries.throttles += 1;
  tries.throttledMs += waitMs;
  return { waitMs, throttled: true };
}

function afterFailure(call: FailedCall, rule: ErrorRule, rules: StepRules): Step | undefined {
  const { error, tries, patience } = call;
  if (rule.again === 'no' && rule.elsewhere === 'no') return undefined;
  if (tries.retries >= (patience.retryPolicy[error._tag] ?? patience.maxRetries)) return undefined;
  note(call, rule, rules);
  const waitMs = waitFor(call, rules.now());
  if (waitMs === undefined || !rules.retryBudget.draw()) return undefined;
  tries.retries += 1;
  return { waitMs, throttled: false };
}

function note(call: FailedCall, { again, elsewhere }: ErrorRule, rules: StepRules): void {
  const { deployment, tries } = call;
  if (again === 'throttle') {
    postpone(call, tries.throttles, rules);
    return;
  }
  tries.tried = new Set([...tries.tried, deployment]);
  if (again === 'no' || (again === 'once' && tries.invalid.has(deployment))) {
    tries.excluded = new Set([...tries.excluded, ...uselessAfter(call, elsewhere)]);
  } else {
    postpone(call, tries.retries, rules);
  }
  if (again === 'once') tries.invalid = new Set([...tries.invalid, deployment]);
}

/** Who would only fail in the same way. */
function uselessAfter(call: FailedCall, elsewhere: ErrorRule['elsewhere']): readonly DeploymentState[] {
  const { deployment, error, group, tries } = call;
  if (elsewhere === 'larger') return group.filter((one) => !isLarger(one, deployment, tries));
  return error._tag === 'QuotaExhausted' || error._tag === 'RateLimited' ? sharing(call) : [deployment];
}

/** The deployment, and those of the group that draw on the same quota: it is no use to ask them instead. */
function sharing({ deployment, group }: FailedCall): readonly DeploymentState[] {
  const { quota } = deployment;
  return quota === undefined ? [deployment] : group.filter((one) => one.quota === quota);
}

/** A window that nobody has told us is not known to be larger. */
function isLarger(one: DeploymentState, than: DeploymentState, { star }: Pick<Tries, 'star'>): boolean {
  const { contextWindow } = factsOf(one, star);
  return contextWindow > factsOf(than, star).contextWindow && contextWindow !== Infinity;
}

function postpone(call: FailedCall, n: number, { now, random }: StepRules): void {
  const { tries, error } = call;
  const pending = [...tries.notBefore].filter(([, time]) => time > now());
  const time = now() + backOffMs(n, error.retryAfterMs, random);
  tries.notBefore = new Map([...pending, ...sharing(call).map((one) => [one, time] as const)]);
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
