import { completionError, withDetails, type CompletionError } from '../domain/error';
import type { Ask, Choice, ChoiceRules } from './choose';
import { hasRoom, isInUse, type DeploymentState } from './deployment';
import { fits } from './fits';
import { amountOf, needOf, tokensFor } from './limits/need';
import { opensAt } from './limits/rate';
import { canAfford, type Spending } from './limits/spending';
import { unfit } from './unfit';

const longestParkedWaitMs = 60_000;

/**
 * What becomes of a request that no deployment of its group can take now. It waits for one in use to have room, unless the clock alone
 * will give it that and does so too late. All out:
 * those with a wrong configuration are not waited for, and of the others the soonest back is followed; nobody is waited for when another
 * group can be asked.
 */
export function exhausted(group: readonly DeploymentState[], ask: Ask, now: number, rules: ChoiceRules): Choice {
  const fitting = group.filter((one) => fits(one, ask));
  if (fitting.length === 0) return failed(ask.lastError ?? unfit(group, ask));
  const usable = fitting.filter((one) => unaffordable(one, ask) === undefined);
  if (usable.length === 0) return failed(overspent(fitting, ask));
  const until = usable.reduce((soonest, one) => Math.min(soonest, readyAt(one, ask, now)), Infinity);
  const waiting: Choice = { kind: 'wait', until };
  const inUse = usable.filter((one) => isInUse(one, now));
  if (inUse.length > 0) {
    const isTooLate = until !== Infinity && until >= ask.deadline && inUse.every(hasRoom);
    return isTooLate ? failed(ask.lastError ?? tooLate()) : waiting;
  }

  const soonest = usable.filter((one) => one.health.cause !== 'config').reduce<Soonest>(sooner, undefined);
  if (soonest === undefined) return failed(latestError(usable) ?? completionError({ _tag: 'NoDeployment' }));
  const { cause, cooledUntil, cooledForMs, failedProbes, probing } = soonest.health;
  const mayWait = !ask.hasFallback && (cause === 'parked' || rules.whenExhausted === 'wait');
  if (probing && mayWait) return waiting;
  if (cause === 'parked') {
    const isHopeless = failedProbes > 0 && cooledForMs >= longestParkedWaitMs; // refused again and again, or waiters would never end
    const fits = mayWait && !isHopeless && cooledUntil - now <= longestParkedWaitMs && cooledUntil < ask.deadline;
    return fits ? waiting : failed(rateLimited(soonest, now));
  }
  if (!mayWait || failedProbes > 0) return failed(unavailable(soonest, now));
  return cooledUntil < ask.deadline ? waiting : failed(ask.lastError ?? tooLate());
}

/** When the clock alone lets a deployment take this request; Infinity when a call must end first, or somebody go before. */
function readyAt(one: DeploymentState, { notBefore, estimate }: Ask, now: number): number {
  if (!hasRoom(one)) return Infinity;
  const tokens = tokensFor(one, estimate);
  const time = one.draws.reduce(
    (latest, draw) => Math.max(latest, opensAt(draw, amountOf(draw, tokens), now)),
    Math.max(one.health.cooledUntil, notBefore.get(one) ?? 0),
  );
  return time > now ? time : Infinity;
}

/** The budget that will never pay for this call. */
function unaffordable(one: DeploymentState, ask: Ask): Spending | undefined {
  return ask.spendings.find((its) => canAfford(its, needOf(one, ask)) === 'never');
}

function overspent(fitting: readonly DeploymentState[], ask: Ask): CompletionError {
  const its = fitting.map((one) => unaffordable(one, ask)).find((one) => one !== undefined);
  const detail = its === undefined ? undefined : `The ${its.of}'s budget would not pay for another call`;
  return completionError({ _tag: 'BudgetExceeded', detail });
}

type Soonest = DeploymentState | undefined;

/** A probe under way comes before every cooldown: its time has come already. */
function sooner(best: Soonest, one: DeploymentState): Soonest {
  return best === undefined || one.health.cooledUntil < best.health.cooledUntil ? one : best;
}

function rateLimited({ id, health }: DeploymentState, now: number): CompletionError {
  const retryAfterMs = Math.max(0, health.cooledUntil - now);
  return health.lastError === undefined
    ? completionError({ _tag: 'RateLimited', deployment: id, retryAfterMs })
    : withDetails(health.lastError, { retryAfterMs });
}

function unavailable({ health }: DeploymentState, now: number): CompletionError {
  return completionError({
    _tag: 'NoDeployment',
    lastError: health.lastError,
    retryAfterMs: Math.max(0, health.cooledUntil - now),
    detail: health.lastError === undefined ? undefined : `Last error: ${health.lastError.message}`,
  });
}

function tooLate(): CompletionError {
  return completionError({
    _tag: 'Timeout',
    phase: 'total',
    detail: 'Every deployment is out of reach until after that.',
  });
}

/** Of the deployment that was the last to be found wrong. */
function latestError([first, ...others]: readonly DeploymentState[]): CompletionError | undefined {
  const cooledAt = ({ health }: DeploymentState): number => health.cooledUntil - health.cooledForMs;
  return others.reduce((last, one) => (last !== undefined && cooledAt(one) <= cooledAt(last) ? last : one), first)
    ?.health.lastError;
}

function failed(error: CompletionError): Choice {
  return { kind: 'fail', error };
}
