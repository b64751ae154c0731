import type { PieceOfThought } from './anthropic-stream-state';

/** The thinking so far, after what one of its blocks began with, or what came to it; other pieces leave it as it is. O(blocks). */
export function anthropicThoughtPiece(
  known: readonly PieceOfThought[],
  block: number,
  piece: Readonly<Record<string, unknown>>,
): readonly PieceOfThought[] {
  const { type, thinking, signature } = piece;
  if (type === 'thinking' || type === 'redacted_thinking') {
    return [...known.filter((one) => one.block !== block), { block, thought: piece }];
  }
  const write = (fields: (before: PieceOfThought['thought']) => PieceOfThought['thought']) =>
    known.map((one) => (one.block === block ? { block, thought: { ...one.thought, ...fields(one.thought) } } : one));
  if (type === 'signature_delta') return write(() => ({ signature }));
  if (type !== 'thinking_delta' || typeof thinking !== 'string') return known;
  return write(({ thinking: before = '' }) => ({ thinking: `${String(before)}${thinking}` }));
}
