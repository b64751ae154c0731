import { withDetails, type CompletionError } from '../domain/error';
import { retryAfterMs } from '../transport/retry-after';
import type { Reply } from '../transport/transport';
import { longestHintMs } from './error-rules';

export interface InformedBy {
  /** Wall clock (ms since the epoch): for dates in headers. */
  readonly wallNow: () => number;
  readonly exposeBodies: boolean;
}

/** The error with what the reply's headers say; a pause too long to sit out is not retried. */
export function informed(error: CompletionError, reply: Reply, { wallNow, exposeBodies }: InformedBy): CompletionError {
  const hintMs = retryAfterMs(reply.headers, wallNow) ?? error.retryAfterMs;
  return withDetails(error, {
    retryAfterMs: hintMs,
    isRetryable: error.isRetryable && (hintMs ?? 0) <= longestHintMs,
    ...(exposeBodies ? { body: bodyText(reply) } : {}),
  });
}

function bodyText({ body }: Reply): string {
  return body._tag === 'Left' ? body.left.text : JSON.stringify(body.right);
}
