import type { ChunkChoice, ToolCallDelta } from '../../domain/chunk';
import { filled } from '../filled';
import { openAIDelta, openAIWords } from './openai-delta';
import type { OpenAIEventChoice } from './openai-event';
import type { BegunChoice } from './openai-stream-state';
import { openAIToolCallPiece, type BegunCall } from './openai-tool-calls';

/** One choice of a chunk in our shape, and what is known of it after that. `undefined` when it has too many tool calls. */
export function openAIChunkChoice(
  known: BegunChoice | undefined,
  choice: OpenAIEventChoice,
  index: number,
): readonly [BegunChoice, ChunkChoice] | undefined {
  const given = openAIDelta(choice);
  const pieces: ToolCallDelta[] = [];
  let calls: readonly BegunCall[] = known?.calls ?? [];
  const list = given.tool_calls ?? [];
  for (const [at, one] of list.entries()) {
    const placed = openAIToolCallPiece(calls, one, list.length > 1 ? at : undefined);
    if (placed === undefined) return undefined;
    calls = placed[0];
    pieces.push(placed[1]);
  }
  const reason = filled(choice.finish_reason) ?? null;
  const isFinished = reason !== null || known?.isFinished === true;
  const words = openAIWords(given);
  const hasSpoken = known?.hasSpoken === true || pieces.length > 0 || isSaid(words);
  const isAsBefore = known?.isFinished === isFinished && known.hasSpoken === hasSpoken && known.calls === calls;
  const delta = pieces.length === 0 ? words : { ...words, tool_calls: pieces };
  const added = { index, delta, finish_reason: reason };
  const { logprobs } = choice;
  return [
    isAsBefore ? known : { index, isFinished, hasSpoken, calls },
    logprobs === undefined || logprobs === null ? added : { ...added, logprobs },
  ];
}

function isSaid({ content, refusal, reasoning }: ReturnType<typeof openAIWords>): boolean {
  return [content, refusal, reasoning].some((text) => filled(text) !== undefined);
}
