import { left, right, type Either } from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Completion } from '../../domain/completion';
import { completionError, type CompletionError } from '../../domain/error';
import { explain } from '../../domain/explain';
import type { Reply } from '../../transport/transport';
import { anthropicEnding } from './anthropic-ending';
import { anthropicErrorRules } from './anthropic-errors';
import { anthropicFailure } from './anthropic-failure';
import { anthropicMessage } from './anthropic-message';
import { AnthropicReply } from './anthropic-reply';
import { anthropicUsage } from './anthropic-usage';
import { classified } from '../classified';
import { replyDate } from '../reply-date';
import { replyFacts, type ReplyContext } from '../reply-facts';
import { unreadable } from '../unreadable';

/**
 * The completion in a reply with a status of success. A page of HTML, malformed JSON, an `error` body, no content, or a
 * message in which nothing was said without a reason are failures: none becomes an empty success.
 */
export function anthropicCompletion(
  reply: Reply,
  context: ReplyContext & {
    /** Anthropic's name of the model, for replies that do not say. */
    readonly model: string;
  },
): Either<CompletionError, Completion> {
  const invalid = (detail: string) =>
    left(completionError({ _tag: 'InvalidResponse', detail, ...replyFacts(reply, context) }));
  if (reply.body._tag === 'Left') return invalid(unreadable(reply.body.left));
  const raw = reply.body.right;
  const isMessage = t.UnknownRecord.is(raw) && raw['type'] === 'message';
  const failure = isMessage ? undefined : anthropicFailure(raw);
  if (failure !== undefined) return left(classified(anthropicErrorRules, reply, failure, context));
  const decoded = AnthropicReply.decode(raw);
  if (decoded._tag === 'Left') return invalid(`${explain(decoded.left).slice(0, 3).join('; ')}.`);
  const { id, model, content: blocks, stop_reason: stopReason, usage: reported } = decoded.right;
  const message = anthropicMessage(blocks, context.model);
  const { content, reasoning, tool_calls: calls } = message;
  const said = {
    nothing: content === null && reasoning === undefined && calls === undefined,
    calls: calls !== undefined,
  };
  const ending = anthropicEnding(stopReason, said, reply, context);
  if (ending._tag === 'Left') return ending;
  const usage = anthropicUsage(reported);
  return right({
    id: typeof id === 'string' ? id : '',
    created: replyDate(reply),
    model: typeof model === 'string' && model !== '' ? model : context.model,
    choices: [{ index: 0, message, finish_reason: ending.right }],
    ...(usage === undefined ? {} : { usage }),
    raw,
  });
}
