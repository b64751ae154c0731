import { left, right, type Either } from 'fp-ts/Either';
import type { Choice, Completion } from '../../domain/completion';
import { completionError, type CompletionError } from '../../domain/error';
import { explain } from '../../domain/explain';
import type { Reply } from '../../transport/transport';
import { filled } from '../filled';
import { geminiBlock } from './gemini-block';
import { geminiError } from './gemini-error';
import { geminiFailure } from './gemini-failure';
import { geminiFinish } from './gemini-finish';
import { geminiHeard } from './gemini-heard';
import { geminiLogprobs } from './gemini-logprobs';
import { GeminiReply } from './gemini-reply';
import { geminiSaid } from './gemini-said';
import { geminiSilence } from './gemini-silence';
import { geminiUsage } from './gemini-usage';
import { identifier } from '../identifier';
import { replyDate } from '../reply-date';
import { replyFacts, type ReplyContext } from '../reply-facts';
import { unreadable } from '../unreadable';

/**
 * The completion in a reply with a status of success. A blocked prompt, a candidate that was withheld altogether, an `error`
 * object, no candidates, or one that says nothing are failures: none becomes an empty success.
 */
export function geminiCompletion(
  reply: Reply,
  context: ReplyContext & {
    /** The name that was asked for, for replies that do not say. */
    readonly model: string;
  },
): Either<CompletionError, Completion> {
  const facts = replyFacts(reply, context);
  const invalid = (detail: string) => left(completionError({ _tag: 'InvalidResponse', detail, ...facts }));
  if (reply.body._tag === 'Left') return invalid(unreadable(reply.body.left));
  const raw = reply.body.right;
  const failure = geminiFailure(raw);
  if (failure !== undefined) return left(geminiError(reply, failure, context));
  const decoded = GeminiReply.decode(raw);
  if (decoded._tag === 'Left') return invalid(`${explain(decoded.left).slice(0, 3).join('; ')}.`);
  const { candidates: given, promptFeedback, usageMetadata, modelVersion, responseId } = decoded.right;
  const candidates = given ?? [];
  const [first, ...rest] = candidates.map(toChoice);
  if (first === undefined) {
    const block = geminiBlock(promptFeedback);
    if (block === undefined) return invalid('It has no candidates.');
    const code = identifier(block, context.sent);
    return left(completionError({ _tag: 'ContentPolicyViolation', ...facts, code }));
  }
  const silence = geminiSilence(candidates.map((candidate) => geminiHeard(candidate)));
  if (silence !== undefined) {
    return left(completionError({ ...silence, ...facts, code: identifier(silence.code, context.sent) }));
  }
  const usage = geminiUsage(usageMetadata);
  return right({
    id: filled(responseId) ?? '',
    created: replyDate(reply),
    model: filled(modelVersion) ?? context.model,
    choices: [first, ...rest],
    ...(usage === undefined ? {} : { usage }),
    raw,
  });
}

function toChoice(candidate: NonNullable<GeminiReply['candidates']>[number], place: number): Choice {
  const { content = null, ...said } = geminiSaid(candidate.content?.parts ?? []);
  const { ended = 'STOP' } = geminiHeard(candidate);
  const logprobs = geminiLogprobs(candidate.logprobsResult);
  return {
    index: isIndex(candidate.index) ? candidate.index : place,
    message: { role: 'assistant', content, ...said },
    finish_reason: geminiFinish(ended, said.tool_calls !== undefined),
    ...(logprobs === undefined ? {} : { logprobs }),
  };
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
