import type { ImageSize } from './image-size';

/** The largest that a picture may be: patches, and the longer side (pixels). */
export interface PatchLimits {
  readonly patches: number;
  readonly side: number;
}

/** What a model takes for a patch, and how large a picture may be by its detail. */
export interface PatchRule {
  readonly multiplier: number;
  readonly high: PatchLimits;
  /** Without limits where pictures are taken as they are. */
  readonly original: PatchLimits;
  /** What is meant by `auto`, and by no detail. */
  readonly auto: 'high' | 'original';
}

const low: PatchLimits = { patches: 256, side: 512 };

/**
 * The tokens of a picture in patches of 32 pixels, made smaller until it fits the limits of its detail; `low` is a version of 512 by 512.
 * OpenAI, "Images and vision", patch-based tokenization.
 */
export function patchTokens(size: ImageSize, detail: string, rule: PatchRule): number {
  const level = detail === 'high' || detail === 'original' ? detail : rule.auto;
  const limits = detail === 'low' ? low : rule[level];
  return Math.ceil(patchesWithin(size, limits) * rule.multiplier); // bills show the next whole token: 64 patches of 1.2 are 77
}

function patchesWithin({ width, height }: ImageSize, { patches, side }: PatchLimits): number {
  const scale = Math.min(1, side / Math.max(width, height));
  const [wide, high] = [width * scale, height * scale];
  if (cover(wide, high) <= patches) return cover(wide, high);
  const shrink = Math.sqrt((32 * 32 * patches) / (wide * high));
  const adjusted = shrink * Math.min(whole((wide * shrink) / 32), whole((high * shrink) / 32));
  return cover(wide * adjusted, high * adjusted);
}

function cover(width: number, height: number): number {
  return Math.max(1, Math.ceil(Math.round(width) / 32)) * Math.max(1, Math.ceil(Math.round(height) / 32));
}

/** The share of a side that whole patches have. */
function whole(patches: number): number {
  return Math.floor(patches) / patches;
}
