/** How much of a reply is read, at most. */
export interface Caps {
  /** Bytes of a body, after decompression, either way. */
  readonly bodyBytes: number;
  /** Bytes of one event of an event stream. */
  readonly eventBytes: number;
  /** Levels of arrays and objects in a JSON body. */
  readonly jsonDepth: number;
}

/** Far above what a completion needs, far below what hurts. */
export const defaultCaps: Caps = { bodyBytes: 64 * 1024 * 1024, eventBytes: 16 * 1024 * 1024, jsonDepth: 200 };
