import type { CompletionRequest, ContentPart } from '../../../lib/domain/request';
import { countTokens } from '../../../lib/tokens/count-tokens';
import { onlyValue } from '../only-value';
import { counted } from './counted';
import { pngOf } from './png-of';

type Detail = 'auto' | 'low' | 'high';

const withPart = (part: ContentPart): CompletionRequest => ({ messages: [{ role: 'user', content: [part] }] });
const picture = (url: string, detail?: Detail): ContentPart => ({ type: 'image_url', image_url: { url, detail } });
const tokensOf = (part: ContentPart, model: string) => counted(withPart(part), model) - counted('', model);

beforeAll(async () => {
  await onlyValue(countTokens('', 'gpt-4o'));
});

describe('countTokens of pictures', () => {
  /** OpenAI, "Images and vision": the examples, the tables, and their products; the last six were billed (a patch is 1.2 tokens). */
  const openai: readonly [model: string, width: number, height: number, detail: Detail | undefined, tokens: number][] =
    [
      ['gpt-4o', 1024, 1024, 'high', 765],
      ['gpt-4o', 2048, 4096, 'high', 1105],
      ['gpt-4.1', 4096, 8192, 'low', 85],
      ['gpt-4o', 1, 1, undefined, 255],
      ['gpt-4o-mini', 1024, 1024, 'high', 2833 + 4 * 5667],
      ['gpt-4o-mini', 1024, 1024, 'low', 2833],
      ['gpt-5', 1024, 1024, 'high', 70 + 4 * 140],
      ['openai/gpt-5-chat-latest', 1024, 1024, 'low', 70],
      ['o3', 1024, 1024, 'auto', 75 + 4 * 150],
      ['gpt-4.1-mini', 1024, 1024, 'high', 1659],
      ['gpt-4.1-mini', 1800, 2400, 'high', 2353],
      ['gpt-4.1-nano', 1800, 2400, undefined, 3572],
      ['gpt-5-mini', 1024, 1024, 'high', 1659],
      ['gpt-5-nano', 1024, 1024, 'high', 2520],
      ['o4-mini', 1024, 1024, 'high', 1762],
      ['gpt-4.1-mini', 1024, 1024, 'low', 415],
      ['gpt-5.2', 256, 256, 'high', 77],
      ['gpt-5.2', 512, 512, 'high', 308],
      ['gpt-5.2', 768, 1024, 'high', 922],
      ['gpt-5.2', 1280, 720, 'high', 1104],
      ['gpt-5.2', 1024, 1024, 'high', 1229],
      ['gpt-5.2', 2048, 768, 'high', 1844],
    ];
  it.each(openai)('by the rules of OpenAI: %s, %i x %i, detail %s', (model, width, height, detail, tokens) => {
    expect(tokensOf(picture(pngOf(width, height), detail), model)).toBe(tokens);
  });

  it('takes large pictures as they are where the newest models do, and makes them smaller when asked to', () => {
    const large = pngOf(6400, 6400);
    expect(tokensOf(picture(large), 'openai/gpt-5.6')).toBe(Math.ceil(200 * 200 * 1.2));
    expect(tokensOf(picture(large, 'high'), 'openai/gpt-5.6')).toBe(2500 * 1.2);
    expect(tokensOf(picture(large), 'openai/gpt-5.5')).toBe(10_000 * 1.2);
    expect(tokensOf(picture(large), 'openai/gpt-5.4')).toBe(2500 * 1.2);
  });

  it.each([
    [10_000, 1],
    [1, 10_000],
    [1, 1],
    [100_000, 100_000],
  ])('gives a whole number for every shape: %i x %i', (width, height) => {
    for (const model of [
      'gpt-4o',
      'gpt-5-mini',
      'gpt-5.6',
      'claude-opus-5',
      'claude-3-haiku',
      'gemini-2.5-pro',
      'gemini-3-pro',
      'grok-4',
    ]) {
      const tokens = tokensOf(picture(pngOf(width, height)), model);
      expect(tokens).toBeGreaterThan(0);
      expect(Number.isInteger(tokens)).toBe(true);
    }
  });

  /** Anthropic, "Vision", resolution and token cost: before 4.7, and from there on. */
  it.each([
    [200, 200, 64, 64],
    [1000, 1000, 1296, 1296],
    [1092, 1092, 1521, 1521],
    [1920, 1080, 1560, 2691],
    [2000, 1500, 1564, 3888],
    [3840, 2160, 1560, 4784],
    [1075, 1520, 33 * 47, 39 * 55], // becomes 924 x 1307
    [1568, 7698, 12 * 56, 19 * 92], // becomes 319 x 1568
    [57, 100_000, 56, 92], // becomes a line
    [3000, 2000, 1536, 4704],
    [1000, 5, 36, 36],
  ])('has the published tokens of Anthropic for %i x %i', (width, height, before, since) => {
    const part = picture(pngOf(width, height));
    for (const model of ['claude-haiku-4-5', 'anthropic/claude-3-5-sonnet-20241022', 'claude-sonnet-4-20250514']) {
      expect(tokensOf(part, model)).toBe(before);
    }
    for (const model of ['claude-opus-4-7', 'openRouter/anthropic/claude-opus-4.8', 'anthropic/claude-sonnet-5']) {
      expect(tokensOf(part, model)).toBe(since);
    }
  });

  /** Google, "Image understanding" and "Media resolution". */
  it.each([
    ['gemini/gemini-2.5-flash', 384, 384, 258],
    ['gemini/gemini-2.5-flash', 960, 540, 6 * 258],
    ['gemini/gemini-1.5-flash', 960, 540, 258],
    ['gemini/gemini-3-pro-preview', 960, 540, 1120],
  ])('has the published tokens of Google: %s, %i x %i', (model, width, height, tokens) => {
    expect(tokensOf(picture(pngOf(width, height)), model)).toBe(tokens);
  });

  it('takes a picture that it cannot measure for one of 1024 x 1024, and fetches nothing', () => {
    for (const url of [
      'https://example.invalid/a.png',
      'data:image/svg+xml,<svg/>',
      'data:image/png;base64,AAAA',
      'data:',
      '',
    ]) {
      expect(tokensOf(picture(url), 'gpt-4o')).toBe(765);
    }
  });
});

describe('countTokens of files and sounds', () => {
  const base64 = (bytes: number) => Buffer.alloc(bytes).toString('base64');
  const file = (url: string): ContentPart => ({ type: 'file', file: { file_data: url, filename: 'a' } });
  const sound = (bytes: number, format: string): ContentPart => ({
    type: 'input_audio',
    input_audio: { data: base64(bytes), format },
  });

  it('counts a PDF by its pages, which are guessed by its size; a file by its id is one page', () => {
    const pdf = file(`data:application/pdf;base64,${base64(120_000)}`);
    expect(tokensOf(pdf, 'claude-opus-5')).toBe(3 * 2250);
    expect(tokensOf(pdf, 'gemini-2.5-flash')).toBe(3 * 258);
    expect(tokensOf(pdf, 'gemini-3-flash')).toBe(3 * 560);
    expect(tokensOf({ type: 'file', file: { file_id: 'file-1' } }, 'claude-opus-5')).toBe(2250);
  });

  it('counts a text file by its characters', () => {
    expect(tokensOf(file(`data:text/plain;base64,${base64(4002)}`), 'gpt-4o')).toBe(1001);
  });

  it('counts sound by its seconds: ten tokens each at OpenAI, 32 at Google', () => {
    expect(tokensOf(sound(480_000, 'wav'), 'gpt-4o-audio-preview')).toBe(100);
    expect(tokensOf(sound(160_000, 'mp3'), 'gpt-4o-audio-preview')).toBe(100);
    expect(tokensOf(sound(480_000, 'wav'), 'gemini-2.5-flash')).toBe(320);
  });
});
