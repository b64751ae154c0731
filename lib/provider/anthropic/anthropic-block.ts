import type { ContentPart } from '../../domain/request';

/** One block of a message's content, as Anthropic has it. */
export type AnthropicBlock = Readonly<Record<string, unknown>> & { readonly type: string };

/**
 * A part of a message as Anthropic wants it; `undefined` for what it does not take: sound, an image that is neither a
 * URL nor base64, a file that is no PDF. What else a part holds (`cache_control`) is kept; an image's `detail` has no
 * counterpart and is only a wish.
 */
export function anthropicBlock(part: ContentPart): AnthropicBlock | undefined {
  if (part.type === 'text') return part;
  if (part.type === 'image_url') {
    const { image_url: image, ...rest } = part;
    const source = /^https?:/i.test(image.url) ? { type: 'url', url: image.url } : base64Source(image.url);
    return source && { ...rest, type: 'image', source };
  }
  if (part.type === 'refusal') {
    const { refusal, ...rest } = part;
    return typeof refusal === 'string' ? { ...rest, type: 'text', text: refusal } : undefined;
  }
  return part.type === 'file' ? documentBlock(part) : undefined;
}

function documentBlock({ file, ...rest }: ContentPart & { readonly type: 'file' | 'input_audio' | 'refusal' }) {
  const { file_data: data, file_id: id, filename } = (file ?? {}) as Readonly<Record<string, unknown>>;
  const source =
    typeof data === 'string' ? base64Source(data) : typeof id === 'string' ? { type: 'file', file_id: id } : undefined;
  if (source === undefined || ('media_type' in source && source.media_type !== 'application/pdf')) return undefined;
  return { ...rest, type: 'document', source, ...(typeof filename === 'string' ? { title: filename } : {}) };
}

/** Of a `data:` URL. Its data may be megabytes: only what stands before it is matched. */
function base64Source(url: string) {
  const comma = url.indexOf(',');
  const mediaType = /^data:([\w.+-]+\/[\w.+-]+)(?:;[^;,]*)*;base64$/i.exec(url.slice(0, Math.max(comma, 0)))?.[1];
  if (mediaType === undefined) return undefined;
  return { type: 'base64', media_type: mediaType.toLowerCase(), data: url.slice(comma + 1) };
}
