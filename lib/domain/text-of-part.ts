import type { ContentPart } from './request';

/** What a part of a content says in words: text, or a refusal; `undefined` for pictures, files and sound. */
export function textOfPart(part: ContentPart): string | undefined {
  if (part.type === 'text') return part.text;
  const refusal = part.type === 'refusal' ? part['refusal'] : undefined;
  return typeof refusal === 'string' ? refusal : undefined;
}
