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
}

/** Why the body of a reply is not the JSON it should be. `text` is as much of it as `caps.bodyBytes` allows. */
export interface BodyProblem {
  readonly kind: 'empty' | 'not-json' | 'too-deep' | 'forbidden-key';
  readonly text: string;
}

/** A whole reply, of whatever status. */
export interface Reply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, parsed as JSON under the caps. */
  readonly body: Either<BodyProblem, unknown>;
}

/**
 * How bytes travel: a cold Observable that sends the call when subscribed, emits one `Reply` and completes.
 * It errors with a `CompletionError` when no whole reply came (`Connection`, `InvalidResponse` for one over the caps), never for a status.
 * Unsubscribing destroys the socket at once. It follows no redirect, retries nothing and sets no clock: those are ours.
 */
export type Transport = (call: Call) => Observable<Reply>;
