import type { Either } from 'fp-ts/Either';
import type { ObservableInput } from 'rxjs';
import type { Completion } from '../domain/completion';
import type { CompletionError } from '../domain/error';
import type { CompletionRequest } from '../domain/request';
import type { Call, Reply } from '../transport/transport';

/** How one call is to be made. */
export interface CallOptions {
  /** Ask for a stream of chunks. */
  readonly stream: boolean;
  /** The key that `Provider.key` gave for this attempt; absent when the provider has none. */
  readonly key?: string | undefined;
}

/** A vendor's wire format and address: data and pure functions, no I/O. */
export interface Provider {
  /** Vendor, e.g. `openai`; stands in errors and default deployment ids. */
  readonly name: string;
  /** The vendor's name of the model. */
  readonly model: string;
  /** Asked before each attempt when the key is not fixed (rotation, Azure AD); the first value is used. */
  readonly key?: (() => ObservableInput<string> & object) | undefined;
  /** The request as an HTTP call, or `BadRequest` naming the field that this vendor cannot serve. */
  readonly toCall: (request: CompletionRequest, options: CallOptions) => Either<CompletionError, Call>;
  /**
   * The completion in a reply with status 200 to 299; `InvalidResponse`, or what its `error` object means, when it is
   * not one.
   */
  readonly toCompletion: (reply: Reply, sent?: Call) => Either<CompletionError, Completion>;
  /**
   * What a reply with another status means. The vendor's own words are quoted only when `sent` is given, cleaned of
   * what stands in it.
   */
  readonly toError: (reply: Reply, sent?: Call) => CompletionError;
}
