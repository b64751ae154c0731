import { left, right, type Either } from 'fp-ts/Either';
import type { Completion } from '../../domain/completion';
import { completionError, type CompletionError } from '../../domain/error';
import { explain } from '../../domain/explain';
import type { Reply } from '../../transport/transport';
import { classified } from '../classified';
import { openAIChoice } from './openai-choice';
import { openAIErrorRules } from './openai-errors';
import { OpenAIReply } from './openai-reply';
import { openAIUsage } from './openai-usage';
import { reportedFailure } from './reported-failure';
import { replyFacts, type ReplyContext } from '../reply-facts';
import { unanswered } from './unanswered';
import { unreadable } from '../unreadable';

/**
 * The completion in a reply with a status of success. A page of HTML, malformed JSON, an `error` object, no choices,
 * or a choice in which nothing was said are failures: none becomes an empty success.
 */
export function openAICompletion(
  reply: Reply,
  context: ReplyContext & {
    /** The vendor's name of the model, for replies that do not say. */
    readonly model: string;
  },
): Either<CompletionError, Completion> {
  const invalid = (detail: string) =>
    left(completionError({ _tag: 'InvalidResponse', detail, ...replyFacts(reply, context) }));
  if (reply.body._tag === 'Left') return invalid(unreadable(reply.body.left));
  const raw = reply.body.right;
  const failure = reportedFailure(raw);
  if (failure !== undefined) return left(classified(openAIErrorRules, reply, failure, context));
  const decoded = OpenAIReply.decode(raw);
  if (decoded._tag === 'Left') return invalid(`${explain(decoded.left).slice(0, 3).join('; ')}.`);
  const { id, created, model, choices: given, usage: reported } = decoded.right;
  const choices = given.map(openAIChoice);
  const silence = unanswered(given, choices);
  if (silence === 'filtered') {
    return left(
      completionError({ _tag: 'ContentPolicyViolation', code: 'content_filter', ...replyFacts(reply, context) }),
    );
  }
  const [first, ...rest] = choices;
  if (silence === 'empty' || first === undefined) return invalid('A choice says nothing, and not why.');
  const usage = openAIUsage(reported);
  return right({
    id: typeof id === 'string' ? id : '',
    created: typeof created === 'number' && Number.isFinite(created) ? created : 0,
    model: typeof model === 'string' && model !== '' ? model : context.model,
    choices: [first, ...rest],
    ...(usage === undefined ? {} : { usage }),
    raw,
  });
}
