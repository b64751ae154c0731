import * as t from 'io-ts';
import { Usage } from './usage';

/** Why a choice ended; a vendor's own word is passed on as it is. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call' | (string & {});

/** A function that the model asks to have called. `arguments` is JSON text as the model wrote it: it may be invalid. */
export interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
  /** What the vendor wants back with the call when the conversation goes on; hand it back as it came. */
  readonly extra_content?: unknown;
}

export const ToolCall: t.Type<ToolCall> = t.type(
  { id: t.string, type: t.literal('function'), function: t.type({ name: t.string, arguments: t.string }) },
  'ToolCall',
);

export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content: string | null;
  readonly refusal?: string | null;
  readonly reasoning?: string;
  readonly tool_calls?: readonly ToolCall[];
}

export const AssistantMessage: t.Type<AssistantMessage> = t.intersection(
  [
    t.type({ role: t.literal('assistant'), content: t.union([t.string, t.null]) }),
    t.partial({
      refusal: t.union([t.string, t.null]),
      reasoning: t.string,
      tool_calls: t.readonlyArray(ToolCall),
    }),
  ],
  'AssistantMessage',
);

export interface Choice {
  readonly index: number;
  readonly message: AssistantMessage;
  readonly finish_reason: FinishReason;
  readonly logprobs?: unknown;
}

export const Choice: t.Type<Choice> = t.intersection(
  [t.type({ index: t.number, message: AssistantMessage, finish_reason: t.string }), t.partial({ logprobs: t.unknown })],
  'Choice',
);

/** A whole answer, in the shape of OpenAI's `chat.completion` whatever the provider. */
export interface Completion {
  readonly id: string;
  /** Seconds since the epoch, by the provider's clock. */
  readonly created: number;
  /** The vendor's name of the model that answered. */
  readonly model: string;
  readonly choices: readonly [Choice, ...Choice[]];
  /** Absent when the provider did not say. */
  readonly usage?: Usage;
  /** The provider's own body, as parsed. */
  readonly raw: unknown;
}

const Choices = new t.Type<readonly [Choice, ...Choice[]]>(
  'Choices',
  (value): value is readonly [Choice, ...Choice[]] => t.array(Choice).is(value) && value.length > 0,
  (value, context) => {
    const decoded = t.array(Choice).validate(value, context);
    if (decoded._tag === 'Left') return decoded;
    const [first, ...rest] = decoded.right;
    return first === undefined ? t.failure(value, context, 'at least one choice') : t.success([first, ...rest]);
  },
  t.identity,
);

export const Completion: t.Type<Completion> = t.intersection(
  [
    t.type({ id: t.string, created: t.number, model: t.string, choices: Choices, raw: t.unknown }),
    t.partial({ usage: Usage }),
  ],
  'Completion',
);

/** The text of a completion's first choice; `''` when it has none (a tool call, a refusal). */
export function text(completion: Completion): string {
  return completion.choices[0].message.content ?? '';
}
