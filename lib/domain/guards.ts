import { isCompletionError, type CompletionErrorOf, type Tag } from './error';

const guard =
  <T extends Tag>(tag: T) =>
  (value: unknown): value is CompletionErrorOf<T> =>
    isCompletionError(value) && value._tag === tag;

export const isRateLimited = guard('RateLimited');
export const isQuotaExhausted = guard('QuotaExhausted');
export const isAuthentication = guard('Authentication');
export const isPermissionDenied = guard('PermissionDenied');
export const isNotFound = guard('NotFound');
export const isBadRequest = guard('BadRequest');
export const isContextWindowExceeded = guard('ContextWindowExceeded');
export const isContentPolicyViolation = guard('ContentPolicyViolation');
export const isTimeout = guard('Timeout');
export const isConnection = guard('Connection');
export const isServerError = guard('ServerError');
export const isOverloaded = guard('Overloaded');
export const isInvalidResponse = guard('InvalidResponse');
export const isInvalidOutput = guard('InvalidOutput');
export const isNoDeployment = guard('NoDeployment');
export const isBudgetExceeded = guard('BudgetExceeded');
export const isCancelled = guard('Cancelled');
export const isDefect = guard('Defect');
