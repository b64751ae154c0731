import { UnknownRecord } from 'io-ts';
import type { ContentPart } from '../../domain/request';
import { filled } from '../filled';

/** One part of a content, as Google has it. */
export type GeminiPart = Readonly<Record<string, unknown>>;

/** Google fetches addresses itself, and likes to be told what it will find there. */
const mimeTypes: ReadonlyMap<string, string> = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['webp', 'image/webp'],
  ['heic', 'image/heic'],
  ['heif', 'image/heif'],
  ['pdf', 'application/pdf'],
  ['mp3', 'audio/mp3'],
  ['wav', 'audio/wav'],
  ['mp4', 'video/mp4'],
  ['mov', 'video/mov'],
]);

/**
 * A content part as a part of Google's; `undefined` for one that it cannot be given: an address other than http(s), gs or base64
 * data, a file by the id of another vendor. `detail` is a hint, and not given on.
 */
export function geminiPart(part: ContentPart): GeminiPart | undefined {
  if (part.type === 'text') return { text: part.text };
  if (part.type === 'image_url') return media(part.image_url.url, formatOf(part.image_url));
  const inner = part[part.type];
  if (part.type === 'refusal') return typeof inner === 'string' ? { text: inner } : undefined;
  if (!UnknownRecord.is(inner)) return undefined;
  if (part.type === 'file') return media(filled(inner['file_data']) ?? filled(inner['file_id']) ?? '', formatOf(inner));
  const [data, format] = [filled(inner['data']), filled(inner['format'])];
  return data === undefined || format === undefined ? undefined : { inlineData: { mimeType: `audio/${format}`, data } };
}

function media(address: string, format: string | undefined): GeminiPart | undefined {
  if (/^data:/i.test(address)) return inline(address, format);
  if (!/^(?:https?|gs):\/\//i.test(address)) return undefined;
  const [path = ''] = address.split(/[?#]/, 1);
  const mimeType = format ?? mimeTypes.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
  return { fileData: { ...(mimeType === undefined ? {} : { mimeType }), fileUri: address } };
}

function inline(address: string, format: string | undefined): GeminiPart | undefined {
  const comma = address.indexOf(',');
  const [mimeType = '', ...parameters] = address.slice('data:'.length, Math.max(comma, 0)).split(';');
  if (mimeType === '' || parameters.at(-1)?.toLowerCase() !== 'base64') return undefined;
  return { inlineData: { mimeType: format ?? mimeType, data: address.slice(comma + 1) } };
}

/** LiteLLM's `format` beside an address or file: its MIME type. */
function formatOf(given: object): string | undefined {
  return 'format' in given ? filled(given.format) : undefined;
}
