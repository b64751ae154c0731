type Part = Readonly<Record<string, unknown>>;

/**
 * The texts of the parts of one kind, joined: `{ type: 'text', text }`, `{ type: 'thinking', thinking: [{ type:
 * 'text', text }] }` (Mistral). `undefined` when there is none of the kind.
 */
export function partText(parts: readonly Part[], kind: 'text' | 'thinking'): string | undefined {
  const texts = parts.flatMap((part) => (part['type'] === kind ? (textIn(part[kind]) ?? []) : []));
  return texts.length === 0 ? undefined : texts.join('');
}

function textIn(value: unknown): string | undefined {
  if (!Array.isArray(value)) return typeof value === 'string' ? value : undefined;
  return value
    .map((part: { readonly text?: unknown } | null) => (typeof part?.text === 'string' ? part.text : ''))
    .join('');
}
