import type { Accumulator } from '../domain/accumulator';
import { asChunk } from '../domain/as-chunk';
import type { CompletionChunk } from '../domain/chunk';
import type { CompletionError } from '../domain/error';
import type { CompletionRequest } from '../domain/request';

/** How an answer that broke off is gone on with. */
export interface Continuation {
  /** What the answer broke off with. */
  readonly after: CompletionError;
  /** Asks for the rest: what was heard is the beginning of the answer. */
  readonly request: CompletionRequest;
  /** What was heard. */
  readonly heard: CompletionChunk;
  /** White space at the end of it that was not sent, for vendors refuse it there: the rest may bring it again. */
  readonly cut: string;
}

/** `undefined` when the text is not all there is: a second choice, a tool call or a refusal cannot be handed on as a beginning. */
export function continuation(
  said: Accumulator,
  request: CompletionRequest,
  after: CompletionError,
): Continuation | undefined {
  const answer = said.completion();
  if (answer === undefined || said.isFinished() || answer.choices.length > 1 || (request.n ?? 1) > 1) return undefined;
  const { content, tool_calls: calls, refusal } = answer.choices[0].message;
  const text = content ?? '';
  const begun = text.trimEnd();
  if (begun === '' || calls !== undefined || refusal !== undefined) return undefined;
  const { choices, usage: _, ...chunk } = asChunk(answer);
  return {
    after,
    request: { ...request, messages: [...request.messages, { role: 'assistant', content: begun }] },
    heard: { ...chunk, choices: choices.map((choice) => ({ ...choice, finish_reason: null })) },
    cut: text.slice(begun.length),
  };
}
