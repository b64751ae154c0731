import { left, right, type Either } from 'fp-ts/Either';
import * as t from 'io-ts';
import type { CompletionChunk } from '../../domain/chunk';
import type { Reply } from '../../transport/transport';
import { anthropicBlockEvent } from './anthropic-block-event';
import { anthropicChunk } from './anthropic-chunk';
import { anthropicCounters } from './anthropic-counters';
import { beforeTheMessage, type AnthropicStreamState } from './anthropic-stream-state';
import { anthropicUsage } from './anthropic-usage';
import { replyDate } from '../reply-date';

/**
 * The beginning of a message, or what is wrong with it. Some messages begin with blocks that are whole already, and with
 * the reason why they ended: calls that code in Anthropic's container makes. Proxies that try again begin anew, which is
 * no harm as long as nothing has been said.
 */
export function anthropicBegun(
  state: AnthropicStreamState,
  raw: Readonly<Record<string, unknown>>,
  reply: Reply,
): Either<string, readonly [AnthropicStreamState, readonly CompletionChunk[]]> {
  if (state.hasSpoken || state.hasEnded) return left('A second message begins.');
  const message = t.UnknownRecord.is(raw['message']) ? raw['message'] : {};
  const { id, model, usage: counted, content, stop_reason: stopReason } = message;
  const begun: AnthropicStreamState = {
    ...beforeTheMessage(state.asked),
    ...(typeof model === 'string' && model !== '' ? { model } : {}),
    id: typeof id === 'string' ? id : '',
    created: replyDate(reply),
    stopReason,
    usage: anthropicCounters(counted),
  };
  const usage = anthropicUsage(begun.usage);
  const first = anthropicChunk(begun, { delta: { role: 'assistant' } }, raw);
  const chunks = [usage === undefined ? first : { ...first, usage }];
  let next = begun;
  for (const [index, block] of (Array.isArray(content) ? (content as readonly unknown[]) : []).entries()) {
    for (const type of ['content_block_start', 'content_block_stop']) {
      const step = anthropicBlockEvent(next, type, { index, content_block: block });
      if (step._tag === 'Left') return step;
      next = step.right[0];
      chunks.push(...step.right[1].map((chunk) => ({ ...chunk, raw })));
    }
  }
  return right([next, chunks]);
}
