import type { ChunkChoice, CompletionChunk } from './chunk';

/**
 * Whether a chunk says something: text, reasoning, a refusal or a tool call. A role alone, or usage, is nothing; nor is an end: what
 * ends without a word may yet turn out to be a failure.
 */
export function hasContent({ choices }: CompletionChunk): boolean {
  return choices.some(says);
}

function says({ delta }: ChunkChoice): boolean {
  return (
    isFilled(delta.content) ||
    isFilled(delta.reasoning) ||
    isFilled(delta.refusal) ||
    (delta.tool_calls !== undefined && delta.tool_calls.length > 0)
  );
}

function isFilled(text: string | null | undefined): boolean {
  return typeof text === 'string' && text !== '';
}
