import type { ContentPart } from '../../domain/request';
import { anthropicImageTokens } from './anthropic-image-tokens';
import { base64Bytes } from './base64-bytes';
import { dataUrl } from './data-url';
import { geminiImageTokens } from './gemini-image-tokens';
import { geminiVersion } from './gemini-version';
import { imageSize, type ImageSize } from './image-size';
import { openaiImageTokens } from './openai-image-tokens';
import type { TokenFamily } from './token-family';

type Media = Exclude<ContentPart, { readonly type: 'text' }>;

/** A picture behind an address, which is not fetched, or in a format that is not read: OpenAI's own example. */
const assumed: ImageSize = { width: 1024, height: 1024 };

/** A page of a PDF, read as text and as a picture. Anthropic says 1 500 to 3 000 ("PDF support"), OpenAI nothing. */
const tokensAPage = { anthropic: 2250, openai: 1500, template: 1500 };

/** The same at Google: 258, and 560 from Gemini 3 on ("Document understanding", "Media resolution"). */
const geminiPage = { before3: 258, from3: 560 };

/** Bytes of a PDF that are taken for a page. A guess: pages of text are smaller, scanned ones larger. */
const bytesAPage = 50_000;

/** Sound: OpenAI says 10 tokens a second ("Managing costs"), Google 32 ("Understand and count tokens"). */
const tokensASecond = { anthropic: 10, openai: 10, template: 10, gemini: 32 };

/** Bytes of a second of sound: PCM of 24 kHz and 16 bits; else 128 kbit. */
const bytesASecond = { wav: 48_000, other: 16_000 };

/** English. */
const charactersAToken = 4;

/** The tokens of a picture, a file or a sound in a message: a picture's by the rules of its vendor, the others' by their size, roughly. */
export function mediaTokens(part: Media, family: TokenFamily, model: string): number {
  if (part.type === 'image_url') return imageTokens(part.image_url, family, model);
  const inner = (part[part.type] ?? {}) as Fields;
  return part.type === 'input_audio' ? soundTokens(inner, family) : fileTokens(inner, family, model);
}

type Fields = Readonly<Record<string, unknown>>;

function imageTokens(
  { url, detail = 'auto' }: (Media & { readonly type: 'image_url' })['image_url'],
  { rules }: TokenFamily,
  model: string,
): number {
  const size = imageSize(url) ?? assumed;
  if (rules === 'anthropic') return anthropicImageTokens(model, size);
  return rules === 'gemini' ? geminiImageTokens(model, size) : openaiImageTokens(model, size, detail);
}

function soundTokens({ data, format }: Fields, { rules }: TokenFamily): number {
  const bytes = typeof data === 'string' ? base64Bytes(data, 0) : 0;
  return Math.ceil((bytes / bytesASecond[format === 'wav' ? 'wav' : 'other']) * tokensASecond[rules]);
}

function fileTokens({ file_data: url }: Fields, { rules }: TokenFamily, model: string): number {
  const data = typeof url === 'string' ? dataUrl(url) : undefined;
  if (data?.mediaType.startsWith('text/')) return Math.ceil(data.bytes / charactersAToken);
  const pages = Math.max(1, Math.ceil((data?.bytes ?? 0) / bytesAPage)); // a file by its id is one page
  return pages * (rules === 'gemini' ? geminiPage[geminiVersion(model) < 3 ? 'before3' : 'from3'] : tokensAPage[rules]);
}
