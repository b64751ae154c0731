import type { CompletionError, Tag } from '../domain/error';
import { countOutcomes, withOutcome, type RecentOutcomes } from './recent-outcomes';

/** Why a deployment is left alone: its calls fail; its key, quota, permission or model name is wrong; or it asked for a pause. */
export type Cause = 'failing' | 'config' | 'parked';

/** What one call says about its deployment. `none`: the deployment works, whatever became of the request. */
export type Verdict = 'ok' | 'none' | Cause;

/** Plain data; every change is a new value. */
export interface Health {
  readonly outcomes: RecentOutcomes;
  /** Failures with a number of their own (`allowedFailsByTag`): they are not among `outcomes`. */
  readonly failures?: Readonly<Partial<Record<Tag, RecentOutcomes>>>;
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
  /** The same for one kind, which is then judged by this alone. What cools at once (a wrong key, a long pause) does so all the same. */
  readonly allowedFailsByTag?: Readonly<Partial<Record<Tag, number>>> | undefined;
  /** What a refusal (429, overload) leads to: nothing here, or a cooldown at once where another deployment can take over. */
  readonly on429: 'learn' | 'cooldown';
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
export const longestParkedMs = 600_000;

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
export function afterCall(health: Health, outcome: CallOutcome, now: number, rules: HealthRules): Health {
  const { probe, error } = outcome;
  const kind = countedApart(outcome, rules);
  const cause = causeOf(outcome, kind, rules);
  if (probe) return cause === undefined ? well : cool(health, cause, error, now, rules, health.failedProbes + 1);
  const counted = kind === undefined ? withCall(health, outcome, now) : withFailure(health, kind, now);
  if (cause === undefined || counted.cause !== undefined || rules.cooldownMs === 0) return counted;
  const isTooMuch =
    kind === undefined ? cause !== 'failing' || fails(counted, now, rules) : failsBy(kind, counted, now, rules);
  return isTooMuch ? cool(counted, cause, error, now, rules, 0) : counted;
}

/** Its tag, where that has a number of its own and the failure does not cool at once. */
function countedApart({ verdict, error }: CallOutcome, { alone, allowedFailsByTag }: HealthRules): Tag | undefined {
  if (allowedFailsByTag === undefined || error === undefined || alone) return undefined;
  const isCounted = (verdict === 'none' || verdict === 'failing') && allowedFailsByTag[error._tag] !== undefined;
  return isCounted ? error._tag : undefined;
}

/** What is held against the deployment. Its refusals, and failures that are the request's own, only where the rules say so. */
function causeOf(
  { verdict, error }: CallOutcome,
  kind: Tag | undefined,
  { alone, on429 }: HealthRules,
): Cause | undefined {
  if (verdict === 'ok') return undefined;
  if (verdict !== 'none') return verdict;
  const isRefusal = error?._tag === 'RateLimited' || error?._tag === 'Overloaded';
  if (kind !== undefined) return isRefusal ? 'parked' : 'failing';
  return isRefusal && on429 === 'cooldown' && !alone ? 'parked' : undefined;
}

function withCall(health: Health, { verdict }: CallOutcome, now: number): Health {
  if (verdict === 'none' || verdict === 'parked') return health;
  return { ...health, outcomes: withOutcome(health.outcomes, verdict !== 'ok', now) };
}

function withFailure(health: Health, kind: Tag, now: number): Health {
  const { failures } = health;
  return { ...health, failures: { ...failures, [kind]: withOutcome(failures?.[kind] ?? [], true, now) } };
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

function failsBy(kind: Tag, { failures }: Health, now: number, { allowedFailsByTag }: HealthRules): boolean {
  return countOutcomes(failures?.[kind] ?? [], now).failed > (allowedFailsByTag?.[kind] ?? Infinity);
}

function fails({ outcomes }: Health, now: number, rules: HealthRules): boolean {
  const { total, failed } = countOutcomes(outcomes, now);
  if (rules.alone) return total >= 1000 && failed === total;
  if (rules.allowedFails !== undefined) return failed > rules.allowedFails;
  return total >= 5 && failed > total / 2;
}
