import type { ImageSize } from './image-size';
import { patchTokens, type PatchLimits, type PatchRule } from './patch-tokens';
import { tileTokens, type TileRule } from './tile-tokens';

const small: PatchLimits = { patches: 1536, side: 2048 };
const large: PatchLimits = { patches: 2500, side: 2048 };
const largest: PatchLimits = { patches: 10_000, side: 6000 };
const unlimited: PatchLimits = { patches: Infinity, side: Infinity };

/** What is billed a patch where the guide names no multiplier: measured at gpt-5.2 (community.openai.com/t/1372291) and at gpt-6.1 (docs.apiyi.com). */
const unlisted = 1.2;

const patched = (multiplier: number): PatchRule => ({ multiplier, high: small, original: small, auto: 'high' });
const newest: PatchRule = { multiplier: unlisted, high: large, original: unlimited, auto: 'original' };

/**
 * By the beginning of a model's name; the first that fits. From OpenAI's guide "Images and vision" (sizing behaviour, multipliers, base and
 * tile tokens), read in November 2026. Its 1.62 and 2.46 for gpt-5-mini and -nano are what the guide says; the price calculator and two
 * reports of bills have 1.2 and 1.5 (community.openai.com/t/1344040), so that such a picture may be counted a third too high.
 */
const rules: readonly (readonly [string, TileRule | PatchRule])[] = [
  ['gpt-4o-mini', { base: 2833, tile: 5667 }],
  ['gpt-4.1-mini', patched(1.62)],
  ['gpt-4.1-nano', patched(2.46)],
  ['o4-mini', patched(1.72)],
  ['gpt-5-mini', patched(1.62)],
  ['gpt-5-nano', patched(2.46)],
  ['gpt-5.4-mini', patched(1.62)],
  ['gpt-5.4-nano', patched(2.46)],
  ['gpt-5-codex-mini', patched(unlisted)],
  ['gpt-5.1-codex-mini', patched(unlisted)],
  ['gpt-5.1', { base: 70, tile: 140 }],
  ['gpt-5.2', patched(unlisted)],
  ['gpt-5.3', patched(unlisted)],
  ['gpt-5.4', { multiplier: unlisted, high: large, original: largest, auto: 'high' }],
  ['gpt-5.5', { multiplier: unlisted, high: large, original: largest, auto: 'original' }],
  ['gpt-5.', newest],
  ['gpt-5', { base: 70, tile: 140 }],
  ['gpt-6', newest],
  ['o1', { base: 75, tile: 150 }],
  ['o3', { base: 75, tile: 150 }],
  ['computer-use', { base: 65, tile: 129 }],
];

/** gpt-4o, gpt-4.1, gpt-4.5, gpt-4-turbo; and whatever is not known. */
const usual: TileRule = { base: 85, tile: 170 };

/** The tokens that OpenAI counts for a picture. `auto` is high detail, where the guide does not say otherwise. */
export function openaiImageTokens(model: string, size: ImageSize, detail: string): number {
  const rule = rules.find(([beginning]) => model.startsWith(beginning))?.[1] ?? usual;
  return 'tile' in rule ? tileTokens(size, detail, rule) : patchTokens(size, detail, rule);
}
