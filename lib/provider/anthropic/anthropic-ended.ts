import { map, type Either } from 'fp-ts/Either';
import type { CompletionChunk } from '../../domain/chunk';
import type { CompletionError } from '../../domain/error';
import type { Reply } from '../../transport/transport';
import { anthropicChunk } from './anthropic-chunk';
import { anthropicClosedCalls } from './anthropic-closed-calls';
import { anthropicEnding } from './anthropic-ending';
import type { AnthropicStreamState } from './anthropic-stream-state';
import { anthropicUsage } from './anthropic-usage';
import type { ReplyContext } from '../reply-facts';

/** The last words of a message: arguments that are still due, then the reason and the usage; or the failure that it turns out to be. */
export function anthropicEnded(
  state: AnthropicStreamState,
  { stopReason, raw }: { readonly stopReason: unknown; readonly raw: unknown },
  reply: Reply,
  context: ReplyContext,
): Either<CompletionError, readonly [AnthropicStreamState, readonly CompletionChunk[]]> {
  const said = { nothing: !state.hasSpoken, calls: state.calls > 0 };
  return map((finishReason: string) => {
    const [closed, chunks] = anthropicClosedCalls(state, raw);
    const usage = anthropicUsage(state.usage);
    const last = anthropicChunk(state, { delta: {}, finish_reason: finishReason }, raw);
    return [{ ...closed, hasEnded: true }, [...chunks, usage === undefined ? last : { ...last, usage }]] as const;
  })(anthropicEnding(stopReason, said, reply, context));
}
