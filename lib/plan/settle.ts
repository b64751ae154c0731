import type { CompletionError } from '../domain/error';
import { posted } from '../domain/ledger';
import type { Usage } from '../domain/usage';
import type { Permit } from './admission';
import type { DeploymentState } from './deployment';
import { abandonProbe, afterCall, type Cause, type Health, type Verdict } from './health';
import { correct } from './limits/rate';
import { release, type Charge } from './limits/release';
import type { Reservation } from './limits/reservation';
import { afterRoundTrip, afterThrottle, type EndedCall, type Parallelism } from './parallelism';
import { speedAfter } from './speed';

/** How a call ended. */
export interface CallEnd {
  /** What becomes of what was reserved for it; absent: `used`. */
  readonly charge?: Charge | undefined;
  readonly ended: 'ok' | 'failed' | 'throttled' | 'aborted';
  readonly verdict: Verdict;
  readonly error?: CompletionError | undefined;
  /** As the provider reported it, or our estimate. */
  readonly usage?: Usage | undefined;
  /** USD; absent when the price is not known. */
  readonly cost?: number | undefined;
  /** A second call for a slow one. */
  readonly hedge?: true | undefined;
  /** Made again after a call of the same request had failed. */
  readonly isRetry?: boolean | undefined;
  readonly elapsedMs: number;
  /** Of a stream: from sending to its first content, if it got so far. */
  readonly firstChunkMs?: number | undefined;
  /** Of a request's first call: how long it was silent (ms), or at least so long. */
  readonly silentMs?: number | undefined;
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
export function settle(permit: Permit, call: CallEnd, now: number): CooldownChange | undefined {
  const { deployment, probe, number } = permit;
  const { health: before, parallelism, inFlight, sent } = deployment;
  if (call.ended === 'aborted') {
    if (probe) deployment.health = abandonProbe(before);
  } else {
    deployment.health = afterCall(before, { ...call, probe }, now, deployment);
    deployment.parallelism = learned(parallelism, { number, next: sent, inFlight }, call);
  }
  deployment.speed = speedAfter(deployment.speed, call, now);
  deployment.inFlight -= 1;
  if (call.ended === 'ok') deployment.latencies[answered(deployment) % keptLatencies] = call.elapsedMs;
  else deployment[call.ended] += 1;
  if (call.silentMs !== undefined) {
    deployment.silences[deployment.firstTries % keptLatencies] = call.silentMs;
    deployment.firstTries += 1;
  }
  deployment.calls += 1;
  deployment.ledger = posted(deployment.ledger, call);
  release(permit, call, now);
  if (call.ended === 'throttled' && call.error?._tag === 'RateLimited') drain(permit.reservation, now);
  return cooldownChange(before, deployment.health);
}

/** Who puts a call off has nothing left of its rate, whatever we thought: what follows is paced from here. Its own limit may be less deep. */
function drain({ draws }: Reservation, now: number): void {
  for (const draw of draws) if (draw.counts === 'requests') correct(draw, 0, now, now);
}

/** A refusal is a refusal whether it will be sat out or not; but a long pause is about a quota, not about too much at once. */
function learned(before: Parallelism, call: EndedCall, { error, verdict }: CallEnd): Parallelism {
  if (error?._tag !== 'RateLimited' && error?._tag !== 'Overloaded') return afterRoundTrip(before, call);
  return verdict === 'parked' ? before : afterThrottle(before, call);
}

function answered({ calls, failed, throttled, aborted }: DeploymentState): number {
  return calls - failed - throttled - aborted;
}

function cooldownChange(before: Health, after: Health): CooldownChange | undefined {
  if (after.cause !== undefined && after.cooledUntil !== before.cooledUntil) {
    return { type: 'cooldown-entered', cause: after.cause, cooledForMs: after.cooledForMs };
  }
  return before.cause !== undefined && after.cause === undefined ? { type: 'cooldown-left' } : undefined;
}
