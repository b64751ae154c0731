import type { Answer, Question } from './answer';

/** A request that has arrived whole. */
export interface Arrived {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** As it came: without the question mark, still encoded. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  /** The name that this server gives the request; it is in the header `x-request-id`. */
  readonly requestId: string;
}

/** A reply before its headers are completed. `body` is JSON text, or what a fault makes of it. */
export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A piece of a stream's body. */
export interface StreamPart {
  readonly text: string;
  /** How much of the answer it carries, and so how long it takes; 0: it only frames the answer. */
  readonly tokens: number;
}

/** A reply, status 200, that comes in pieces. */
export interface StreamedReply {
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: readonly StreamPart[];
  /** What the vendor writes, in place of the next part, when it fails in the middle. */
  readonly failure: string;
}

/** What makes a completion this one and no other. */
export interface Marks {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
}

/** Why no completion is given; a vendor's words for it are its format's. */
export type Refusal =
  | { readonly status: 401; readonly key: string | undefined }
  | { readonly status: 404; readonly address: string }
  | { readonly status: 429; readonly waitMs: number }
  | { readonly status: number };

/** One a choice. */
export type Answers = readonly [Answer, ...Answer[]];

/** What a request comes to: a reply that needs no model, or a question to one and how its answers are written. */
export type Reading =
  | { readonly kind: 'reply'; readonly reply: HttpReply }
  | {
      readonly kind: 'question';
      readonly question: Question;
      readonly write: (answers: Answers, marks: Marks) => HttpReply | StreamedReply;
    };

/** One vendor's way of speaking HTTP; data and pure functions. */
export interface WireFormat {
  /** Whether a path belongs to this vendor. */
  readonly owns: (path: string) => boolean;
  /** The key that a request carries. */
  readonly keyOf: (arrived: Arrived) => string | undefined;
  readonly read: (arrived: Arrived) => Reading;
  readonly refuse: (refusal: Refusal, arrived: Arrived) => HttpReply;
}
