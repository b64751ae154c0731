import type { ErrorRule } from '../error-rule';
import { statusRules } from '../status-rules';

/**
 * What a failure of Anthropic's means: messages first, for a long prompt and an empty account are both an
 * `invalid_request_error`; then codes and types, which are all that an `error` event inside a 200 has; then the status.
 * What would take the deployment out of service is believed only of a message that begins so: further on it may be an
 * echo of the prompt.
 */
export const anthropicErrorRules: readonly ErrorRule[] = [
  // messages
  {
    tag: 'ContextWindowExceeded',
    says: [/^prompt is too long/i, /exceed context limit/i, /input is too long for (?:the )?requested model/i],
    status: [200, 400, 413],
  },
  { tag: 'ContentPolicyViolation', says: [/content filtering policy/i], status: [200, 400, 403, 500] },
  {
    tag: 'QuotaExhausted',
    says: [/^your credit balance is too low/i, /^you have reached your specified (?:workspace )?API usage limits/i],
    status: [200, 400, 403, 429],
  },
  { tag: 'PermissionDenied', says: [/^this organization has been disabled/i], status: [200, 400, 403] },
  // a long context wants credits of its own, and says so as a rate limit that no waiting ends
  { tag: 'QuotaExhausted', says: [/^(?:extra usage is|usage credits are) required/i], status: [200, 429] },

  // codes and types
  {
    tag: 'QuotaExhausted',
    codes: [
      'billing_error',
      'contract_spend_limit_reached',
      'enforced_spend_limit_reached',
      'linked_organization_spend_limit_reached',
      'linked_organization_billing_unavailable',
    ],
  },
  { tag: 'PermissionDenied', codes: ['organization_on_hold', 'permission_error'] },
  { tag: 'Authentication', codes: ['authentication_error'] },
  { tag: 'NotFound', codes: ['not_found_error'] },
  { tag: 'RateLimited', codes: ['rate_limit_error'] },
  { tag: 'Overloaded', codes: ['overloaded_error'] },
  { tag: 'BadRequest', codes: ['invalid_request_error', 'request_too_large'] },
  { tag: 'ServerError', codes: ['api_error', 'timeout_error', 'conflict_error'] },

  ...statusRules,
];
