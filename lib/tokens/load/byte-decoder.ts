/** What each token of an encoding stands for: a text, or bytes that are none by themselves. */
export type Ranks = readonly (string | readonly number[])[];

/**
 * Turns tokens into the text that their bytes spell; what is no text is U+FFFD. The package's own `decode` keeps half a character for the
 * next call, whoever makes it.
 *
 * @param special decodes a token that has no rank
 */
export function byteDecoder(ranks: Ranks, special: (token: number) => string): (tokens: readonly number[]) => string {
  const encoder = new TextEncoder();
  const bytesOf = (token: number): Uint8Array => {
    const piece = ranks[token] ?? special(token);
    return typeof piece === 'string' ? encoder.encode(piece) : Uint8Array.from(piece);
  };
  return (tokens) => {
    const pieces = tokens.map(bytesOf);
    const bytes = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  };
}
