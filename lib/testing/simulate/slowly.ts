import type { TimedPart } from './write-parts';

const pieces = 20;
const pieceMs = 100;

/** A body as `slowBody` sends it. */
export function slowly(body: string): readonly TimedPart[] {
  const bytes = Buffer.from(body);
  const size = Math.ceil(bytes.length / pieces);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, piece) => ({
    bytes: bytes.subarray(piece * size, (piece + 1) * size),
    dueMs: (piece + 1) * pieceMs,
  }));
}
