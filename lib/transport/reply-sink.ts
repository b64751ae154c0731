import type { Reply } from './transport';

/** The valve of a body that is under way. */
export interface Valve {
  /** Nothing more is read until `resume`. */
  readonly pause: () => void;
  readonly resume: () => void;
}

/** Takes a reply as it comes: `head`, any number of `data`, then `end`; or `whole`. `failed` may come at any time, and is the last. */
export interface ReplySink {
  readonly head: (head: Pick<Reply, 'status' | 'headers'>, valve: Valve) => void;
  /** Some of the body, decompressed. */
  readonly data: (bytes: Uint8Array) => void;
  readonly end: () => void;
  /** It was not read piece by piece. */
  readonly whole: (reply: Reply) => void;
  readonly failed: (error: unknown) => void;
}

/** Sends a call and feeds its reply to the sink. What it returns destroys the socket, if the reply is not over; nothing is fed after that. */
export type SendInto = (sink: ReplySink) => () => void;
