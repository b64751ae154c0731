import type { ChunkChoice, CompletionChunk } from './chunk';

/** Whether a chunk says something: text, reasoning, a refusal, a tool call or an end. A role alone, or usage, is nothing. */
export function hasContent({ choices }: CompletionChunk): boolean {
  return choices.some(says);
}

function says({ delta, finish_reason: finishReason }: ChunkChoice): boolean {
  return (
    isFilled(delta.content) ||
    isFilled(delta.reasoning) ||
    isFilled(delta.refusal) ||
    (delta.tool_calls !== undefined && delta.tool_calls.length > 0) ||
    isFilled(finishReason)
  );
}

function isFilled(text: string | null | undefined): boolean {
  return typeof text === 'string' && text !== '';
}
