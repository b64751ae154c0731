import type { ErrorRule } from './error-rule';

/** What a failure means by its status alone, at every vendor: the end of each table, and a row for whatever comes. */
export const statusRules: readonly ErrorRule[] = [
  // a redirect is not followed: it would take the key along
  { tag: 'InvalidResponse', status: (status) => status >= 300 && status < 400, isRetryable: false },
  { tag: 'InvalidResponse', status: (status) => status < 300 },
  { tag: 'Authentication', status: [401] },
  { tag: 'QuotaExhausted', status: [402] },
  { tag: 'PermissionDenied', status: [403] },
  { tag: 'NotFound', status: [404] },
  { tag: 'ServerError', status: [408, 409] },
  { tag: 'RateLimited', status: [429] },
  { tag: 'Overloaded', status: [529] },
  { tag: 'BadRequest', status: (status) => status < 500 },
  { tag: 'ServerError' },
];
