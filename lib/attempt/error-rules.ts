import type { CompletionError, Tag } from '../domain/error';
import type { Verdict } from '../plan/health';

/** What a failure leads to. */
export interface ErrorRule {
  /** May the same deployment be asked again? `throttle`: yes, after a pause, without counting as a failed try. */
  readonly again: 'no' | 'yes' | 'once' | 'throttle';
  /** May another deployment of the group be asked? */
  readonly elsewhere: boolean;
  /** What it says about the deployment. */
  readonly verdict: Verdict;
}

const final: ErrorRule = { again: 'no', elsewhere: false, verdict: 'none' };
const transient: ErrorRule = { again: 'yes', elsewhere: true, verdict: 'failing' };
const misconfigured: ErrorRule = { again: 'no', elsewhere: true, verdict: 'config' };
const throttled: ErrorRule = { again: 'throttle', elsewhere: true, verdict: 'none' };
const parked: ErrorRule = { again: 'no', elsewhere: true, verdict: 'parked' };

const rules: Readonly<Record<Tag, ErrorRule>> = {
  RateLimited: throttled,
  Overloaded: throttled,
  QuotaExhausted: misconfigured,
  Authentication: misconfigured,
  PermissionDenied: misconfigured,
  NotFound: misconfigured,
  BadRequest: final,
  ContextWindowExceeded: final,
  ContentPolicyViolation: final,
  Timeout: transient,
  Connection: transient,
  ServerError: transient,
  InvalidResponse: { ...transient, again: 'once' },
  InvalidOutput: final,
  NoDeployment: final,
  BudgetExceeded: final,
  Cancelled: final,
  Defect: final,
};

/** The longest pause that is waited out on the spot (ms); who asks for more is left alone for that time. The OpenAI SDKs draw the same line. */
export const longestHintMs = 60_000;

/** The rule for one failure: by its tag, its hint, and what the provider's `x-should-retry` made of `isRetryable`. */
export function ruleFor(error: CompletionError): ErrorRule {
  const rule = rules[error._tag];
  const longPause = (error.retryAfterMs ?? 0) > longestHintMs;
  if (rule.again === 'throttle') {
    if (longPause) return parked;
    return error.isRetryable ? rule : { ...rule, again: 'no' };
  }
  if (error._tag === 'Timeout' && (error.phase === 'queue' || error.phase === 'total')) return final;
  if (!error.isRetryable || longPause) return { ...rule, again: 'no' };
  return rule.again === 'no' ? retriedAllTheSame(rule) : rule;
}

/** The provider says that it will pass: so it is no matter of configuration. */
function retriedAllTheSame({ verdict }: ErrorRule): ErrorRule {
  return { again: 'yes', elsewhere: true, verdict: verdict === 'config' ? 'failing' : verdict };
}
