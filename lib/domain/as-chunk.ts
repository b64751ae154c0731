import type { CompletionChunk } from './chunk';
import type { Choice, Completion } from './completion';

/** A whole answer as one chunk: for those who cannot stream, or were asked to and did not. */
export function asChunk({ id, created, model, choices, usage, raw }: Completion): CompletionChunk {
  return { id, created, model, choices: choices.map(asChunkChoice), ...(usage === undefined ? {} : { usage }), raw };
}

function asChunkChoice({ index, message, finish_reason, logprobs }: Choice): CompletionChunk['choices'][number] {
  const { tool_calls: calls, ...said } = message;
  return {
    index,
    delta: { ...said, ...(calls === undefined ? {} : { tool_calls: calls.map((call, i) => ({ index: i, ...call })) }) },
    finish_reason,
    ...(logprobs === undefined ? {} : { logprobs }),
  };
}
