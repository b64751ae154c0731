import type { TimedPart } from './write-parts';

/** A body in pieces, and what comes after the last one: the body's end, the connection's, or nothing. Its status is 200. */
export interface PacedReply {
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: readonly TimedPart[];
  readonly ending: 'end' | 'cut' | 'stall';
}
