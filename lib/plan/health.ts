import type { CompletionError } from '../domain/error';
import { countOutcomes, withOutcome, type RecentOutcomes } from './recent-outcomes';

/**
 * Why a deployment is left alone: its calls fail; its key, quota, permission or model name is wrong;
 * or it asked for a long pause.
 */
export type Cause = 'failing' | 'config' | 'parked';

/** What one call says about its deployment. `none`: the deployment works, whatever became of the request. */
export type Verdict = 'ok' | 'none' | Cause;

/** Plain data; every change is a new value. */
export interface Health {
  readonly outcomes: RecentOutcomes;
  /** Set from the first cooldown until a probe succeeds. */
  readonly cause?: Cause;
  /** On the router's clock (ms). */
  readonly cooledUntil: number;
  /** Length of the running cooldown (ms); the next one doubles it. */
  readonly cooledForMs: number;
  /** Probes that failed since it was last well. */
  readonly failedProbes: number;
  /** A probe is under way. */
  readonly probing: boolean;
  readonly lastError?: CompletionError;
}

export interface HealthRules {
  /** First length of a cooldown (ms); 0: never cooled. */
  readonly cooldownMs: number;
  /** Failures in a minute that are borne; when absent, half of at least 5 calls. */
  readonly allowedFails?: number | undefined;
  /** The only deployment of its group: backing off serves it better than a cooldown. */
  readonly alone: boolean;
}

export interface CallOutcome {
  readonly verdict: Verdict;
  readonly probe: boolean;
  readonly error?: CompletionError | undefined;
}

export const well: Health = { outcomes: [], cooledUntil: 0, cooledForMs: 0, failedProbes: 0, probing: false };

const longestCooldownMs = 60_000;
const longestParkedMs = 600_000;

/** Where a deployment stands: open to all, cooling, ready for one probe, or waiting for that probe's result. */
export function standing(health: Health, now: number): 'open' | 'cooling' | 'half-open' | 'probing' {
  if (health.cause === undefined) return 'open';
  if (health.probing) return 'probing';
  return now < health.cooledUntil ? 'cooling' : 'half-open';
}

export function startProbe(health: Health): Health {
  return { ...health, probing: true };
}

/** The probe was cancelled before it said anything: the next waiter may probe. */
export function abandonProbe(health: Health): Health {
  return { ...health, probing: false };
}

/** The health after one more call. Late results of calls sent before a cooldown change nothing of it. */
export function afterCall(
  health: Health,
  { verdict, probe, error }: CallOutcome,
  now: number,
  rules: HealthRules,
): Health {
  const bad = verdict !== 'ok' && verdict !== 'none';
  if (probe) return bad ? cool(health, verdict, error, now, rules, health.failedProbes + 1) : well;
  const counted =
    verdict === 'none' || verdict === 'parked'
      ? health
      : { ...health, outcomes: withOutcome(health.outcomes, bad, now) };
  if (!bad || counted.cause !== undefined || rules.cooldownMs === 0) return counted;
  return verdict !== 'failing' || fails(counted, now, rules) ? cool(counted, verdict, error, now, rules, 0) : counted;
}

function cool(
  health: Health,
  cause: Cause,
  error: CompletionError | undefined,
  now: number,
  rules: HealthRules,
  failedProbes: number,
): Health {
  const doubled = failedProbes === 0 ? 0 : Math.min(health.cooledForMs * 2, longestCooldownMs);
  const hinted = Math.min(error?.retryAfterMs ?? 0, longestParkedMs);
  const cooledForMs = Math.max(rules.cooldownMs, doubled, hinted);
  return {
    outcomes: [],
    cause,
    cooledUntil: now + cooledForMs,
    cooledForMs,
    failedProbes,
    probing: false,
    ...(error === undefined ? {} : { lastError: error }),
  };
}

function fails({ outcomes }: Health, now: number, rules: HealthRules): boolean {
  const { total, failed } = countOutcomes(outcomes, now);
  if (rules.alone) return total >= 1000 && failed === total;
  if (rules.allowedFails !== undefined) return failed > rules.allowedFails;
  return total >= 5 && failed > total / 2;
}
