import type { CompletionChunk } from '../../domain/chunk';
import { anthropicChunk } from './anthropic-chunk';
import type { AnthropicStreamState } from './anthropic-stream-state';

/**
 * The calls whose blocks have ended (absent `block`: all of them), with the arguments of those that came in no pieces: what the
 * block began with, `{}` when that was nothing.
 */
export function anthropicClosedCalls(
  state: AnthropicStreamState,
  raw: unknown,
  block?: number,
): readonly [AnthropicStreamState, readonly CompletionChunk[]] {
  if (state.open.length === 0) return [state, []];
  const isClosed = (one: { readonly block: number }): boolean => block === undefined || one.block === block;
  const chunks = state.open
    .filter((one) => isClosed(one) && !one.isWritten)
    .map(({ call, input }) => {
      const piece = { index: call, function: { arguments: JSON.stringify(input ?? {}) } };
      return anthropicChunk(state, { delta: { tool_calls: [piece] } }, raw);
    });
  return [{ ...state, open: state.open.filter((one) => !isClosed(one)) }, chunks];
}
