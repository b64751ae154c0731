import * as t from 'io-ts';
import { nullable } from '../../domain/optional';
import { OpenAIContent } from './openai-content';

/** So many choices, and tool calls in one, are believed: nothing is made room for beyond. */
export const indices = 128;

const Index = t.refinement(
  t.number,
  (n) => Number.isInteger(n) && n >= 0 && n < indices,
  `a whole number below ${String(indices)}`,
);

const ToolCallPiece = t.partial(
  {
    index: nullable(Index),
    id: t.unknown,
    function: nullable(t.partial({ name: nullable(t.string), arguments: t.unknown }, 'a function')),
    extra_content: t.unknown,
  },
  'a piece of a tool call',
);

const Delta = t.partial(
  {
    role: t.unknown,
    content: OpenAIContent,
    refusal: t.unknown,
    reasoning: t.unknown,
    reasoning_content: t.unknown,
    tool_calls: nullable(t.readonlyArray(ToolCallPiece)),
  },
  'a delta',
);

const EventChoice = t.partial(
  {
    index: nullable(Index),
    delta: nullable(Delta),
    /** In place of `delta`, from servers that have one shape for both. */
    message: nullable(Delta),
    /** In place of both, from servers that serve chat with their old completions. */
    text: t.unknown,
    finish_reason: t.unknown,
    logprobs: t.unknown,
    /** OpenRouter's place for it, when the model broke off. */
    error: t.unknown,
    /** Moonshot's place for it. */
    usage: t.unknown,
  },
  'a choice',
);

/**
 * One `chat.completion.chunk`, as OpenAI and the servers that imitate it write it. Strict only where something would be
 * lost or invented; the rest is `unknown` here and mended by the mapping. All of it is optional, so that `is` alone,
 * which makes nothing, reads the good ones; `decode` is for saying what is wrong with the others.
 */
export const OpenAIEvent = t.partial(
  {
    id: t.unknown,
    created: t.unknown,
    model: t.unknown,
    choices: nullable(t.readonlyArray(EventChoice)),
    usage: t.unknown,
    /** Groq's place for the usage. */
    x_groq: t.unknown,
    error: t.unknown,
    object: t.unknown,
  },
  'OpenAIEvent',
);

export type OpenAIEvent = t.TypeOf<typeof OpenAIEvent>;
export type OpenAIEventChoice = t.TypeOf<typeof EventChoice>;
export type OpenAIDelta = t.TypeOf<typeof Delta>;
export type OpenAIToolCallPiece = t.TypeOf<typeof ToolCallPiece>;
