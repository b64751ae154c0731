import { isCompletionError, type CompletionErrorOf, type Tag } from './error';

type Guard<T extends Tag> = (value: unknown) => value is CompletionErrorOf<T>;

const guard =
  <T extends Tag>(tag: T): Guard<T> =>
  (value): value is CompletionErrorOf<T> =>
    isCompletionError(value) && value._tag === tag;

export const isRateLimited: Guard<'RateLimited'> = guard('RateLimited');
export const isQuotaExhausted: Guard<'QuotaExhausted'> = guard('QuotaExhausted');
export const isAuthentication: Guard<'Authentication'> = guard('Authentication');
export const isPermissionDenied: Guard<'PermissionDenied'> = guard('PermissionDenied');
export const isNotFound: Guard<'NotFound'> = guard('NotFound');
export const isBadRequest: Guard<'BadRequest'> = guard('BadRequest');
export const isContextWindowExceeded: Guard<'ContextWindowExceeded'> = guard('ContextWindowExceeded');
export const isContentPolicyViolation: Guard<'ContentPolicyViolation'> = guard('ContentPolicyViolation');
export const isTimeout: Guard<'Timeout'> = guard('Timeout');
export const isConnection: Guard<'Connection'> = guard('Connection');
export const isServerError: Guard<'ServerError'> = guard('ServerError');
export const isOverloaded: Guard<'Overloaded'> = guard('Overloaded');
export const isInvalidResponse: Guard<'InvalidResponse'> = guard('InvalidResponse');
export const isInvalidOutput: Guard<'InvalidOutput'> = guard('InvalidOutput');
export const isNoDeployment: Guard<'NoDeployment'> = guard('NoDeployment');
export const isBudgetExceeded: Guard<'BudgetExceeded'> = guard('BudgetExceeded');
export const isCancelled: Guard<'Cancelled'> = guard('Cancelled');
export const isDefect: Guard<'Defect'> = guard('Defect');
