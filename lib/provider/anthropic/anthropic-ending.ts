import { left, right, type Either } from 'fp-ts/Either';
import type { FinishReason } from '../../domain/completion';
import { completionError, type CompletionError } from '../../domain/error';
import type { Reply } from '../../transport/transport';
import { replyFacts, type ReplyContext } from '../reply-facts';

/** What an answer had said when it ended. */
interface Said {
  readonly nothing: boolean;
  /** It calls tools. */
  readonly calls: boolean;
}

/**
 * Why an answer ended, in OpenAI's words; a word that is new to us as it is. One that said nothing is still an answer
 * when it says why: Claude may have nothing to add to a tool's result, or spend all its tokens before the first word.
 * Refused before it said anything it is `ContentPolicyViolation`; silent without a reason, or where there should have been a
 * call, `InvalidResponse`.
 */
export function anthropicEnding(
  stopReason: unknown,
  said: Said,
  reply: Reply,
  context: ReplyContext,
): Either<CompletionError, FinishReason> {
  const reason = typeof stopReason === 'string' ? stopReason : undefined;
  if (said.nothing && reason === 'refusal') {
    return left(completionError({ _tag: 'ContentPolicyViolation', code: reason, ...replyFacts(reply, context) }));
  }
  if (said.nothing && (reason === undefined || reason === 'tool_use')) {
    const detail = 'The message says nothing, and not why.';
    return left(completionError({ _tag: 'InvalidResponse', detail, ...replyFacts(reply, context) }));
  }
  if (reason === undefined) return right(said.calls ? 'tool_calls' : 'stop');
  return right(reasons.get(reason) ?? reason);
}

const reasons: ReadonlyMap<string, FinishReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['pause_turn', 'stop'], // a long turn with tools of Anthropic's own: sent back as it is, it goes on
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool_calls'],
  ['refusal', 'content_filter'],
]);
