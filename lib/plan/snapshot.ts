import { totalOf, type Ledger } from '../domain/ledger';
import type { RunLedger } from '../domain/run-ledger';
import type { Usage } from '../domain/usage';
import { isPriced, type DeploymentState } from './deployment';
import { standing, type Cause } from './health';
import type { Quota } from './limits/quota';
import { leftOf, type Rate } from './limits/rate';
import type { Amounts } from './limits/spending';
import { averageNow } from './speed';

/** One deployment, now. */
export interface DeploymentSnapshot {
  readonly id: string;
  readonly group: string;
  readonly inFlight: number;
  /** Calls it has shown it can take at once; absent until it first throttled us. */
  readonly learnedParallel?: number;
  readonly health: 'open' | 'cooling' | 'half-open' | 'probing';
  /** Why it is not `open`. */
  readonly cause?: Cause;
  /** What is left of its cooldown (ms). */
  readonly cooledForMs?: number;
  /** Calls that have ended, whichever way. */
  readonly calls: number;
  readonly failed: number;
  readonly throttled: number;
  readonly aborted: number;
  /** Of the latest 1 000 answers (ms); absent before the first. */
  readonly latency?: { readonly p50Ms: number; readonly p95Ms: number; readonly p99Ms: number };
  /** How long the latest 1 000 first tries were silent (ms): until their reply, or the first content of a stream. What to set `hedge.afterMs` by. */
  readonly firstTries?: { readonly p95Ms: number; readonly p97Ms: number };
  /** Of whole answers, per output token (ms), a running average; absent when there was none in the last three minutes. */
  readonly msPerToken?: number;
  /** Of streams, from sending to the first content (ms); likewise. */
  readonly firstChunkMs?: number;
  /** Of all its calls; those that were aborted or lost are estimated, and flagged. */
  readonly usage: Usage;
  /** USD, of all its calls; absent when the price of one is not known. */
  readonly cost?: number;
  /** The same, by how the calls ended. */
  readonly ledger: Ledger;
  /** Its own limits, and what of them could still be taken in this minute; absent when it has none. */
  readonly limits?: LimitsSnapshot;
}

/** Limits a minute, and what is left of them. */
export interface LimitsSnapshot {
  readonly rpm?: number;
  readonly rpmLeft?: number;
  readonly tpm?: number;
  readonly tpmLeft?: number;
}

/** A quota, now. */
export interface QuotaSnapshot extends LimitsSnapshot {
  readonly name: string;
  readonly inFlight: number;
}

/** The router's budget, now: what is reserved is for calls under way. */
export interface BudgetSnapshot {
  readonly spent: Amounts;
  readonly reserved: Amounts;
}

/** A router, now. */
export interface RouterSnapshot {
  readonly deployments: readonly DeploymentSnapshot[];
  readonly quotas: readonly QuotaSnapshot[];
  /** Absent when the router has none. */
  readonly budget?: BudgetSnapshot;
  /** What each run that has a `tag` has taken, cancelled ones included; runs of the same tag together. The latest hundred tags. */
  readonly runs: readonly RunLedger[];
  /** Requests that wait for a place. */
  readonly waiting: number;
  /** What is left of the retry budget: a retry costs 14 of 500. */
  readonly retryBudget: number;
}

export function deploymentSnapshot(state: DeploymentState, now: number): DeploymentSnapshot {
  const { id, group, inFlight, calls, failed, throttled, aborted, ledger, health, parallelism, latencies, speed } =
    state;
  const { usage, cost } = totalOf(ledger);
  const msPerToken = averageNow(speed.msPerToken, now);
  const firstChunkMs = averageNow(speed.firstChunkMs, now);
  return {
    id,
    group,
    inFlight,
    ...(parallelism.limit === undefined ? {} : { learnedParallel: parallelism.limit }),
    health: standing(health, now),
    ...(health.cause === undefined ? {} : { cause: health.cause, cooledForMs: Math.max(0, health.cooledUntil - now) }),
    calls,
    failed,
    throttled,
    aborted,
    ...(latencies.length === 0 ? {} : { latency: latency(latencies) }),
    ...(state.silences.length === 0 ? {} : { firstTries: firstTries(state.silences) }),
    ...(msPerToken === undefined ? {} : { msPerToken }),
    ...(firstChunkMs === undefined ? {} : { firstChunkMs }),
    usage,
    ...(cost === undefined || !isPriced(state) ? {} : { cost }),
    ledger,
    ...(state.rates.length === 0 ? {} : { limits: limitsNow(state.rates, now) }),
  };
}

export function quotaSnapshot({ name, inFlight, rates }: Quota, now: number): QuotaSnapshot {
  return { name, inFlight, ...limitsNow(rates, now) };
}

function limitsNow(rates: readonly Rate[], now: number): LimitsSnapshot {
  const of = (counts: Rate['counts']): Rate | undefined => rates.find((one) => one.counts === counts);
  const [requests, tokens] = [of('requests'), of('tokens')];
  return {
    ...(requests === undefined ? {} : { rpm: requests.limit, rpmLeft: leftOf(requests, now) }),
    ...(tokens === undefined ? {} : { tpm: tokens.limit, tpmLeft: leftOf(tokens, now) }),
  };
}

function latency(latencies: readonly number[]): Required<DeploymentSnapshot>['latency'] {
  const at = quantiles(latencies);
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

function firstTries(silences: readonly number[]): Required<DeploymentSnapshot>['firstTries'] {
  const at = quantiles(silences);
  return { p95Ms: at(0.95), p97Ms: at(0.97) };
}

/** By the nearest rank: a value that did occur. */
function quantiles(values: readonly number[]): (share: number) => number {
  const sorted = Float64Array.from(values).sort();
  return (share) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}
