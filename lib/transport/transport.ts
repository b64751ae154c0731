import type { Either } from 'fp-ts/Either';
import type { Observable } from 'rxjs';

/** One HTTP call, as a provider wants it made. */
export interface Call {
  readonly method: 'GET' | 'POST';
  /** Absolute; holds no key. */
  readonly url: string;
  /** Lower-case names. Secrets are here and nowhere else. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
  /** The answer is wanted event by event. */
  readonly stream?: true;
  /** The vendor's model that is asked, where it is not always the same. */
  readonly model?: string;
  /** Fields of the request that this vendor cannot serve, left out because the router was told to (`dropUnsupported`). */
  readonly dropped?: readonly string[];
}

/** Why the body of a reply is not the JSON it should be. `text` is as much of it as `caps.bodyBytes` allows. */
export interface BodyProblem {
  readonly kind: 'empty' | 'not-json' | 'too-deep' | 'forbidden-key';
  readonly text: string;
}

/** One event of an event stream (`text/event-stream`, as the WHATWG defines it). */
export interface StreamEvent {
  /** Its `event` field; `message` when it has none. */
  readonly type: string;
  /** Its data, parsed as JSON under the caps. What is no JSON (`[DONE]`) is the `text` of the problem. */
  readonly data: Either<BodyProblem, unknown>;
}

/** A reply of whatever status: whole or, of a call with `stream`, one piece of it. */
export interface Reply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, parsed as JSON under the caps; of a piece, empty. */
  readonly body: Either<BodyProblem, unknown>;
  /** What makes it a piece: the events that came together, in order. */
  readonly events?: readonly StreamEvent[];
}

/** How fast a streamed reply may come. */
export interface Flow {
  /** Whether its reader has enough for now: nothing more is read from the socket until it says `false`. */
  readonly paused$: Observable<boolean>;
}

/**
 * How bytes travel: a cold Observable that sends the call when subscribed, emits one `Reply` and completes.
 * For a call with `stream` it emits a piece whenever events have come, and completes when the body ends, marked as complete or not:
 * what that means is the provider's to say. A reply that is no event stream (an error status, JSON) is emitted whole there too.
 * It errors with a `CompletionError` when no whole reply came (`Connection`, `InvalidResponse` for one over the caps), never for a status.
 * Unsubscribing destroys the socket at once. It follows no redirect, retries nothing and sets no clock: those are ours.
 */
export type Transport = (call: Call, flow?: Flow) => Observable<Reply>;
