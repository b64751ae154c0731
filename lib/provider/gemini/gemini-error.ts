import { withDetails, type CompletionError } from '../../domain/error';
import type { Reply } from '../../transport/transport';
import { classified } from '../classified';
import { geminiErrorRules } from './gemini-errors';
import type { GeminiFailure } from './gemini-failure';
import type { ReplyContext } from '../reply-facts';

/** What a failure means, and how long Google asks us to wait. */
export function geminiError(reply: Reply, failure: GeminiFailure | undefined, context: ReplyContext): CompletionError {
  const error = classified(geminiErrorRules, reply, failure, context);
  return failure?.retryAfterMs === undefined ? error : withDetails(error, { retryAfterMs: failure.retryAfterMs });
}
