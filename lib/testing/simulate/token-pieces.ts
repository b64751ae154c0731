/** A text cut into pieces of about a token each (a short word and the space before it); joined, they are the text. */
export function tokenPieces(text: string): readonly string[] {
  return text.match(/\s*(?:[\p{L}\p{M}\p{N}]{1,8}|[^\s\p{L}\p{M}\p{N}]{1,3})|\s+/gu) ?? [];
}
