import type { CompletionError, Tag } from '../domain/error';
import type { Verdict } from '../plan/health';

/** The lists of groups to go on to. */
export type FallbackList = 'fallbacks' | 'contextWindowFallbacks' | 'contentPolicyFallbacks';

/** What a failure leads to. */
export interface ErrorRule {
  /** May the same deployment be asked again? `throttle`: yes, after a pause, without counting as a failed try. */
  readonly again: 'no' | 'yes' | 'once' | 'throttle';
  /** May another deployment of the group be asked? `larger`: one that takes longer conversations. */
  readonly elsewhere: 'no' | 'yes' | 'larger';
  /** Which groups may be asked when this one has failed with it for good; absent: none. */
  readonly fallback?: FallbackList;
  /** What it says about the deployment. */
  readonly verdict: Verdict;
}

const final: ErrorRule = { again: 'no', elsewhere: 'no', verdict: 'none' };
const transient: ErrorRule = { again: 'yes', elsewhere: 'yes', fallback: 'fallbacks', verdict: 'failing' };
const misconfigured: ErrorRule = { again: 'no', elsewhere: 'yes', fallback: 'fallbacks', verdict: 'config' };
const throttled: ErrorRule = { again: 'throttle', elsewhere: 'yes', fallback: 'fallbacks', verdict: 'none' };
const parked: ErrorRule = { again: 'no', elsewhere: 'yes', fallback: 'fallbacks', verdict: 'parked' };

const rules: Readonly<Record<Tag, ErrorRule>> = {
  RateLimited: throttled,
  Overloaded: throttled,
  QuotaExhausted: misconfigured,
  Authentication: misconfigured,
  PermissionDenied: misconfigured,
  NotFound: misconfigured,
  BadRequest: final,
  ContextWindowExceeded: { ...final, elsewhere: 'larger', fallback: 'contextWindowFallbacks' },
  ContentPolicyViolation: { ...final, fallback: 'contentPolicyFallbacks' },
  Timeout: transient,
  Connection: transient,
  ServerError: transient,
  InvalidResponse: { ...transient, again: 'once' },
  InvalidOutput: { ...final, fallback: 'fallbacks' },
  NoDeployment: { ...final, fallback: 'fallbacks' },
  BudgetExceeded: final,
  Cancelled: final,
  Defect: final,
};

/** The longest pause that is waited out on the spot (ms); who asks for more is left alone for that time. OpenAI's Python SDK and LiteLLM draw the same line. */
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
function retriedAllTheSame({ verdict, ...rule }: ErrorRule): ErrorRule {
  return { ...rule, again: 'yes', elsewhere: 'yes', verdict: verdict === 'config' ? 'failing' : verdict };
}
