import type { Answer, Question } from './answer';

/** A request that has arrived whole. */
export interface Arrived {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** A reply before its headers are completed. `body` is JSON text, or what a fault makes of it. */
export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Why no completion is given; a vendor's words for it are its format's. */
export type Refusal =
  | { readonly status: 401; readonly key: string | undefined }
  | { readonly status: 404; readonly address: string }
  | { readonly status: 429; readonly waitMs: number }
  | { readonly status: number };

/** What a request comes to: a reply that needs no model, or a question to one. */
export type Reading =
  { readonly kind: 'reply'; readonly reply: HttpReply } | { readonly kind: 'question'; readonly question: Question };

/** One vendor's way of speaking HTTP; data and pure functions. */
export interface WireFormat {
  /** Whether a path belongs to this vendor. */
  readonly owns: (path: string) => boolean;
  /** The key that a request carries. */
  readonly keyOf: (arrived: Arrived) => string | undefined;
  readonly read: (arrived: Arrived) => Reading;
  /** The completion's body. `created` is in seconds since the epoch. */
  readonly write: (
    question: Question,
    answers: readonly Answer[],
    marks: { readonly id: string; readonly created: number },
  ) => HttpReply;
  readonly refuse: (refusal: Refusal) => HttpReply;
}
