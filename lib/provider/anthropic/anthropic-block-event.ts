import { left, right, type Either } from 'fp-ts/Either';
import * as t from 'io-ts';
import type { ChunkDelta, CompletionChunk } from '../../domain/chunk';
import { anthropicChunk } from './anthropic-chunk';
import { anthropicClosedCalls } from './anthropic-closed-calls';
import { anthropicExtra } from './anthropic-extra';
import type { AnthropicStreamState } from './anthropic-stream-state';
import { anthropicThoughtPiece } from './anthropic-thought-piece';

type Fields = Readonly<Record<string, unknown>>;
type Step = readonly [AnthropicStreamState, readonly CompletionChunk[]];

/**
 * What an event of a block adds (`content_block_start`, `_delta` or `_stop`), or what is wrong with it. Blocks that are
 * not the answer (withheld thinking, tools that Anthropic ran itself) and kinds that we do not know add nothing;
 * thinking, signed or withheld, goes along with the call that it leads to.
 */
export function anthropicBlockEvent(state: AnthropicStreamState, type: string, event: Fields): Either<string, Step> {
  const { index, content_block: block, delta } = event;
  if (!isIndex(index)) return left('The index of a block is not a whole number from 0 to 127.');
  if (type === 'content_block_stop') return right(anthropicClosedCalls(state, event, index));
  if (type === 'content_block_start') {
    return t.UnknownRecord.is(block)
      ? begun(pondered(state, index, block), event, index, block)
      : left('A block is missing.');
  }
  return t.UnknownRecord.is(delta)
    ? right(continued(pondered(state, index, delta), event, index, delta))
    : left('A delta is missing.');
}

function pondered(state: AnthropicStreamState, block: number, piece: Fields): AnthropicStreamState {
  const thoughts = anthropicThoughtPiece(state.thoughts, block, piece);
  return thoughts === state.thoughts ? state : { ...state, thoughts };
}

function isIndex(index: unknown): index is number {
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < 128;
}

function begun(state: AnthropicStreamState, event: Fields, block: number, begin: Fields): Either<string, Step> {
  const { type, id, name, input, text, thinking } = begin;
  if (type === 'text') return right(spoken(state, event, 'content', text));
  if (type === 'thinking') return right(spoken(state, event, 'reasoning', thinking));
  if (type !== 'tool_use') return right([state, []]);
  if (typeof id !== 'string' || typeof name !== 'string') return left('A call of a tool has no id or no name.');
  const call = state.calls;
  if (!isIndex(call)) return left('There are more than 128 calls of tools.');
  const open = [...state.open, { block, call, input, isWritten: false }];
  const extra = anthropicExtra(
    state.thoughts.map(({ thought }) => thought),
    state.asked,
  );
  const piece = { index: call, id, type: 'function' as const, function: { name, arguments: '' }, ...extra };
  const chunk = anthropicChunk(state, { delta: { tool_calls: [piece] } }, event);
  return right([{ ...state, hasSpoken: true, calls: call + 1, open, thoughts: [] }, [chunk]]);
}

function continued(state: AnthropicStreamState, event: Fields, block: number, delta: Fields): Step {
  if (delta['type'] === 'text_delta') return spoken(state, event, 'content', delta['text']);
  if (delta['type'] === 'thinking_delta') return spoken(state, event, 'reasoning', delta['thinking']);
  const json = delta['type'] === 'input_json_delta' ? delta['partial_json'] : undefined;
  const written = state.open.find((one) => one.block === block);
  if (typeof json !== 'string' || json === '' || written === undefined) return [state, []];
  const piece = { index: written.call, function: { arguments: json } };
  const chunk = anthropicChunk(state, { delta: { tool_calls: [piece] } }, event);
  if (written.isWritten) return [state, [chunk]];
  const open = state.open.map((one) => (one === written ? { ...one, isWritten: true } : one));
  return [{ ...state, open }, [chunk]];
}

function spoken(
  state: AnthropicStreamState,
  event: Fields,
  field: keyof Pick<ChunkDelta, 'content' | 'reasoning'>,
  text: unknown,
): Step {
  if (typeof text !== 'string' || text === '') return [state, []];
  const chunk = anthropicChunk(state, { delta: { [field]: text } }, event);
  return [state.hasSpoken ? state : { ...state, hasSpoken: true }, [chunk]];
}
