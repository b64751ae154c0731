/** Plausible token count of a text: four characters a token, the rule of thumb for English. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
