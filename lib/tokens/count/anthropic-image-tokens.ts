import type { ImageSize } from './image-size';
import { isNewClaude } from './is-new-claude';

/** Pixels of a patch's side; a patch is a token. */
const patch = 28;

/**
 * The tokens that Anthropic counts for a picture: one for each 28 by 28 pixels of the largest size that keeps its proportions and fits the
 * limits of the model. Anthropic, "Vision" (resolution and token cost) and "Coordinates" (how Claude resizes images).
 */
export function anthropicImageTokens(model: string, { width, height }: ImageSize): number {
  const limits = isNewClaude(model) ? { side: 2576, tokens: 4784 } : { side: 1568, tokens: 1568 };
  const longest = Math.max(width, height);
  const aspect = longest / Math.min(width, height);
  let [fits, tooLong] = [1, Math.min(longest, limits.side) + 1];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (patches(middle, aspect) <= limits.tokens) fits = middle;
    else tooLong = middle;
  }
  return patches(fits, aspect);
}

function patches(longer: number, aspect: number): number {
  return Math.ceil(longer / patch) * Math.ceil(Math.max(1, rounded(longer / aspect)) / patch);
}

/** Halves to the even neighbour, as Python has it and the page asks for. */
function rounded(length: number): number {
  const up = Math.round(length);
  return up - length === 0.5 && up % 2 === 1 ? up - 1 : up;
}
