import type { Either } from 'fp-ts/Either';
import type { ObservableInput } from 'rxjs';
import type { CompletionChunk } from '../domain/chunk';
import type { Completion } from '../domain/completion';
import type { CompletionError } from '../domain/error';
import type { CompletionRequest } from '../domain/request';
import type { Call, Reply, StreamEvent } from '../transport/transport';

/** How one call is to be made. */
export interface CallOptions {
  /** Ask for a stream of chunks. */
  readonly stream: boolean;
  /** What the star in the provider's model stands for: of a wildcard group, the same as its star. Where it has none, nothing. */
  readonly model?: string | undefined;
  /** The key that `Provider.key` gave for this attempt; absent when the provider has none. */
  readonly key?: string | undefined;
  /** Leave out what this vendor cannot serve, and say so in `Call.dropped`. Default: refuse it, as `BadRequest`. */
  readonly dropUnsupported?: boolean | undefined;
}

/**
 * How a vendor's event stream becomes chunks: a pure fold, so that it can be tested event by event.
 * `State` is the vendor's own: whoever runs the fold only hands it on.
 */
export interface Chunks<State = unknown> {
  readonly initial: State;
  /**
   * What one event adds: the next state and the chunks in it (none for a ping), or what went wrong: an `error` event, one that
   * cannot be read. `reply` and `sent` are what `toError` is given. After `isOver` events are ignored.
   */
  step(
    state: State,
    event: StreamEvent,
    reply?: Reply,
    sent?: Call,
  ): Either<CompletionError, readonly [State, readonly CompletionChunk[]]>;
  /** Whether the last word has been said (`[DONE]`, `message_stop`): nothing after it need be waited for. */
  isOver(state: State): boolean;
  /** The body has ended: the chunks that were held back, or `Connection` when the vendor's terminal marker has not come. */
  end(state: State, reply?: Reply, sent?: Call): Either<CompletionError, readonly CompletionChunk[]>;
}

/** A vendor's wire format and address: data and pure functions, no I/O. */
export interface Provider {
  /** Vendor, e.g. `openai`; stands in errors and default deployment ids. */
  readonly name: string;
  /** The vendor's name of the model; a star in it (`*`, `ft:*`) is filled for each call. */
  readonly model: string;
  /** Asked before each attempt when the key is not fixed (rotation, Azure AD); the first value is used. */
  readonly key?: (() => ObservableInput<string> & object) | undefined;
  /** Fields of a request that this vendor cannot serve; so that another deployment of the group may. Absent: it serves all. */
  readonly unserved?: ((request: CompletionRequest) => readonly string[]) | undefined;
  /** The request as an HTTP call, or `BadRequest` naming the field that this vendor cannot serve. */
  readonly toCall: (request: CompletionRequest, options: CallOptions) => Either<CompletionError, Call>;
  /**
   * The completion in a reply with status 200 to 299; `InvalidResponse`, or what its `error` object means, when it is
   * not one.
   */
  readonly toCompletion: (reply: Reply, sent?: Call) => Either<CompletionError, Completion>;
  /** How its event streams are read. Absent: it is asked for whole replies, and a stream of it is one chunk. */
  readonly chunks?: Chunks | undefined;
  /**
   * What a reply with another status means. The vendor's own words are quoted only when `sent` is given, cleaned of
   * what stands in it.
   */
  readonly toError: (reply: Reply, sent?: Call) => CompletionError;
}
