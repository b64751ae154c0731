/** A call of a tool whose block has not ended yet. */
interface OpenCall {
  /** Index of its block. */
  readonly block: number;
  /** Its place among the calls. */
  readonly call: number;
  /** What the block began with: all of its input where no pieces follow. */
  readonly input: unknown;
  /** Pieces of its arguments have come. */
  readonly isWritten: boolean;
}

/** A block of thinking that has begun. */
export interface PieceOfThought {
  /** Index of its block. */
  readonly block: number;
  /** The block as it would have come in one piece, as far as it has come. */
  readonly thought: Readonly<Record<string, unknown>>;
}

/** What of an event stream of Anthropic's must be remembered between two events. */
export interface AnthropicStreamState {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  /** The model that was asked. */
  readonly asked: string;
  /** Text, thinking or a call has come. */
  readonly hasSpoken: boolean;
  /** The reason why it ended has come. */
  readonly hasEnded: boolean;
  /** Why it ended, when its beginning says so already. */
  readonly stopReason: unknown;
  /** `message_stop` has come. */
  readonly isOver: boolean;
  /** The usage as reported so far. */
  readonly usage: Readonly<Record<string, unknown>>;
  /** Calls that have begun. */
  readonly calls: number;
  readonly open: readonly OpenCall[];
  /** Since the last call: they go along with the next. */
  readonly thoughts: readonly PieceOfThought[];
}

/** Before the first event; the model is the one that was asked. */
export function beforeTheMessage(model: string): AnthropicStreamState {
  return {
    id: '',
    created: 0,
    model,
    asked: model,
    hasSpoken: false,
    hasEnded: false,
    stopReason: undefined,
    isOver: false,
    usage: {},
    calls: 0,
    open: [],
    thoughts: [],
  };
}
