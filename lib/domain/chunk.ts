import * as t from 'io-ts';
import { Usage } from './usage';

const index = t.refinement(t.number, (n) => Number.isInteger(n) && n >= 0 && n < 128, 'Index');

/** A piece of a tool call; pieces with the same `index` belong together. */
const ToolCallDelta = t.intersection(
  [
    t.type({ index }),
    t.partial({
      id: t.string,
      type: t.literal('function'),
      function: t.partial({ name: t.string, arguments: t.string }),
    }),
  ],
  'ToolCallDelta',
);

const ChunkChoice = t.intersection(
  [
    t.type({
      index,
      delta: t.partial({
        role: t.string,
        content: t.union([t.string, t.null]),
        refusal: t.union([t.string, t.null]),
        reasoning: t.string,
        tool_calls: t.array(ToolCallDelta),
      }),
    }),
    t.partial({ finish_reason: t.union([t.string, t.null]), logprobs: t.unknown }),
  ],
  'ChunkChoice',
);

/** A piece of a streamed answer, in the shape of OpenAI's `chat.completion.chunk`. Choice and tool-call indices are in [0, 128). */
export const CompletionChunk = t.intersection(
  [
    t.type({ id: t.string, created: t.number, model: t.string, choices: t.array(ChunkChoice) }),
    t.partial({ usage: t.union([Usage, t.null]) }),
  ],
  'CompletionChunk',
);

export type CompletionChunk = t.TypeOf<typeof CompletionChunk>;
