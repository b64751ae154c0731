import type { CompletionError } from '../domain/error';
import { addUsage, type Usage } from '../domain/usage';
import type { Permit } from './admission';
import { abandonProbe, afterCall, type Cause, type Health, type Verdict } from './health';
import { afterRoundTrip, afterThrottle } from './parallelism';

/** How a call ended. */
export interface CallEnd {
  readonly ended: 'ok' | 'failed' | 'throttled' | 'aborted';
  readonly verdict: Verdict;
  readonly error?: CompletionError | undefined;
  readonly usage?: Usage | undefined;
  /** On the router's clock (ms). */
  readonly sentAt: number;
  readonly elapsedMs: number;
}

/** What a call changed about its deployment's being asked at all. */
export type CooldownChange =
  | { readonly type: 'cooldown-entered'; readonly cause: Cause; readonly cooledForMs: number }
  | { readonly type: 'cooldown-left' };

const keptLatencies = 1000;

/**
 * Gives a permit back and learns from the call; to be done exactly once. Tells whether a cooldown began or ended with it.
 * The group's line must be served afterwards.
 */
export function settle({ deployment, probe }: Permit, call: CallEnd, now: number): CooldownChange | undefined {
  const before = deployment.health;
  if (call.ended !== 'aborted') {
    const learn = call.ended === 'throttled' ? afterThrottle : afterRoundTrip;
    deployment.parallelism = learn(deployment.parallelism, deployment.inFlight, call.sentAt, now);
    deployment.health = afterCall(before, { ...call, probe }, now, deployment);
    deployment.latencies[deployment.calls % keptLatencies] = call.elapsedMs;
  } else if (probe) {
    deployment.health = abandonProbe(before);
  }
  deployment.inFlight -= 1;
  deployment.calls += 1;
  if (call.ended !== 'ok') deployment[call.ended] += 1;
  if (call.usage !== undefined) deployment.usage = addUsage(deployment.usage, call.usage);
  return cooldownChange(before, deployment.health);
}

function cooldownChange(before: Health, after: Health): CooldownChange | undefined {
  if (after.cause !== undefined && after.cooledUntil !== before.cooledUntil) {
    return { type: 'cooldown-entered', cause: after.cause, cooledForMs: after.cooledForMs };
  }
  return before.cause !== undefined && after.cause === undefined ? { type: 'cooldown-left' } : undefined;
}
