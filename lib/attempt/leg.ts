/** One call of a journey, and what it has said so far. Changed in place, by that call alone. */
export interface Leg {
  /** When its first content came, on the clock of the router (ms). */
  contentAt: number | undefined;
  /** The text that came with it and since. */
  text: (() => string) | undefined;
  /** To be told of its first content before its listener is. */
  readonly spoke: (() => void) | undefined;
}
