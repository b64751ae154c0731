import { geminiVersion } from './gemini-version';
import type { ImageSize } from './image-size';

/** A picture, or one tile of it. */
const tokensATile = 258;

/**
 * The tokens that Google counts for a picture: 1 120 from Gemini 3 on (its default resolution, whatever the size); before, 258 up to 384 by
 * 384 pixels and for each tile of a larger one, roughly; in Gemini 1, 258. Google, "Image understanding", "Media resolution".
 */
export function geminiImageTokens(model: string, { width, height }: ImageSize): number {
  const version = geminiVersion(model);
  if (version >= 3) return 1120;
  if (version < 2 || (width <= 384 && height <= 384)) return tokensATile;
  const side = Math.max(1, Math.floor(Math.min(width, height) / 1.5));
  return Math.ceil(width / side) * Math.ceil(height / side) * tokensATile;
}
