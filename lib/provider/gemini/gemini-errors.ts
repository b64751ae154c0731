import type { ErrorRule } from '../error-rule';
import { statusRules } from '../status-rules';

/**
 * What a failure of Gemini's means: what the request cannot help first, then Google's canonical codes, then the status.
 * "You exceeded your current quota" is no pattern: Google says it of every limit, that of a minute too.
 */
export const geminiErrorRules: readonly ErrorRule[] = [
  // the request
  { tag: 'ContextWindowExceeded', says: [/input token count .{0,40}(?:exceeds the maximum|supports up to)/i] },
  {
    // a file or a cache of somebody else's, or none: not a fault of the deployment, although the status says so
    tag: 'BadRequest',
    says: [/permission to access the File\b/, /^CachedContent not found/i, /^The File \S+ is not in an ACTIVE state/],
    status: [200, 400, 403, 404],
  },

  // the account
  { tag: 'Authentication', codes: ['api_key_invalid'] },
  { tag: 'Authentication', says: [/^api key (?:not valid|not found|expired)/i], status: [200, 400] },
  { tag: 'Authentication', says: [/^method doesn't allow unregistered callers/i], status: [200, 403] }, // no key at all
  { tag: 'QuotaExhausted', codes: ['quota_per_day'] },
  {
    tag: 'QuotaExhausted',
    codes: ['resource_exhausted'],
    says: [/^your prepayment credits are depleted/i, /exceeded its monthly spending cap/i, /\blimit: 0\b/],
  },
  { tag: 'QuotaExhausted', codes: ['failed_precondition'], says: [/billing/i, /free tier/i], status: [200, 400] },
  { tag: 'PermissionDenied', codes: ['failed_precondition'], status: [200, 400] }, // "User location is not supported …"

  // the server
  { tag: 'Overloaded', says: [/model is overloaded/i, /experiencing high demand/i], status: [200, 429, 503] },

  // codes
  { tag: 'RateLimited', codes: ['resource_exhausted'] },
  { tag: 'Authentication', codes: ['unauthenticated'] },
  { tag: 'PermissionDenied', codes: ['permission_denied'] },
  { tag: 'NotFound', codes: ['not_found'] },
  { tag: 'BadRequest', codes: ['invalid_argument', 'out_of_range'] },
  {
    tag: 'ServerError',
    // `cancelled` has status 499, and is Google's own doing: ours would not wait for a reply
    codes: ['unavailable', 'internal', 'deadline_exceeded', 'cancelled', 'aborted', 'unknown', 'data_loss'],
  },

  ...statusRules,
];
