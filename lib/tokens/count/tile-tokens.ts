import type { ImageSize } from './image-size';

/** What a model takes for a picture, and for each tile of it. */
export interface TileRule {
  readonly base: number;
  readonly tile: number;
}

/**
 * The tokens of a picture in tiles of 512 pixels: it is made to fit 2048 by 2048, then its shorter side 768; it is never made larger. `low`
 * detail costs the base alone. OpenAI, "Images and vision", tile-based tokenization.
 */
export function tileTokens({ width, height }: ImageSize, detail: string, { base, tile }: TileRule): number {
  if (detail === 'low') return base;
  const fit = Math.min(1, 2048 / Math.max(width, height));
  const scale = fit * Math.min(1, 768 / (fit * Math.min(width, height)));
  return base + tile * tiles(width * scale) * tiles(height * scale);
}

function tiles(side: number): number {
  return Math.max(1, Math.ceil(Math.round(side) / 512));
}
