import * as t from 'io-ts';
import type { FinishReason } from './completion';
import { Usage } from './usage';

/** A piece of a tool call; pieces with the same `index` belong together, their `arguments` are joined. */
export interface ToolCallDelta {
  readonly index: number;
  readonly id?: string;
  readonly type?: 'function';
  readonly function?: { readonly name?: string; readonly arguments?: string };
  /** Of the whole call: what the vendor wants back with it. */
  readonly extra_content?: unknown;
}

/** What a chunk adds to one choice. */
export interface ChunkDelta {
  readonly role?: string;
  readonly content?: string | null;
  readonly refusal?: string | null;
  readonly reasoning?: string;
  readonly tool_calls?: readonly ToolCallDelta[];
}

export interface ChunkChoice {
  readonly index: number;
  readonly delta: ChunkDelta;
  readonly finish_reason?: FinishReason | null;
  readonly logprobs?: unknown;
}

/** A piece of a streamed answer, in the shape of OpenAI's `chat.completion.chunk`. Choice and tool-call indices are in [0, 128). */
export interface CompletionChunk {
  readonly id: string;
  /** Seconds since the epoch, by the provider's clock. */
  readonly created: number;
  /** The vendor's name of the model that answers. */
  readonly model: string;
  /** Empty in a chunk that only brings the usage. */
  readonly choices: readonly ChunkChoice[];
  /** Of the whole answer; mostly in the last chunk. */
  readonly usage?: Usage | null;
  /** The provider's own event, as parsed. */
  readonly raw?: unknown;
}

const index = t.refinement(t.number, (n) => Number.isInteger(n) && n >= 0 && n < 128, 'Index');

const ToolCallDelta: t.Type<ToolCallDelta> = t.intersection(
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

const ChunkChoice: t.Type<ChunkChoice> = t.intersection(
  [
    t.type({
      index,
      delta: t.partial({
        role: t.string,
        content: t.union([t.string, t.null]),
        refusal: t.union([t.string, t.null]),
        reasoning: t.string,
        tool_calls: t.readonlyArray(ToolCallDelta),
      }),
    }),
    t.partial({ finish_reason: t.union([t.string, t.null]), logprobs: t.unknown }),
  ],
  'ChunkChoice',
);

export const CompletionChunk: t.Type<CompletionChunk> = t.intersection(
  [
    t.type({ id: t.string, created: t.number, model: t.string, choices: t.readonlyArray(ChunkChoice) }),
    t.partial({ usage: t.union([Usage, t.null]), raw: t.unknown }),
  ],
  'CompletionChunk',
);
