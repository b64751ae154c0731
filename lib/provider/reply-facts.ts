import type { FailureDetails } from '../domain/error';
import type { Call, Reply } from '../transport/transport';
import { identifier } from './identifier';

/** Whose reply to what: everything but the reply itself that reading it takes. */
export interface ReplyContext {
  /** Name of the provider; stands in the errors. */
  readonly provider: string;
  /** What was asked, so that nothing of it is repeated in an error. */
  readonly sent?: Call | undefined;
}

/**
 * What every failure that came as a reply carries. The header `x-should-retry: true | false` outdoes what the kind of
 * failure means.
 */
export function replyFacts(
  { status, headers }: Reply,
  { provider, sent }: ReplyContext,
): FailureDetails & { readonly isRetryable?: boolean } {
  const advice = headers['x-should-retry'];
  return {
    provider,
    status,
    requestId: identifier(headers['x-request-id'] ?? headers['request-id'], sent),
    ...(advice === 'true' || advice === 'false' ? { isRetryable: advice === 'true' } : {}),
  };
}
