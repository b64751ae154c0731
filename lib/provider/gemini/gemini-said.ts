import type { ToolCall } from '../../domain/completion';
import { filled } from '../filled';
import type { GeminiReply } from './gemini-reply';

type Candidate = NonNullable<GeminiReply['candidates']>[number];
type Parts = NonNullable<NonNullable<Candidate['content']>['parts']>;

/** What the parts of one candidate say, sorted by kind. */
export interface GeminiSaid {
  readonly content?: string;
  readonly reasoning?: string;
  readonly tool_calls?: readonly ToolCall[];
}

/**
 * Texts joined, summaries of thoughts apart, function calls as tool calls. Other parts (images, executed code) have no place in
 * the shape: they stay in `raw`.
 *
 * @param before how many calls the candidate has made in earlier events; numbers those that come without an id
 */
export function geminiSaid(parts: Parts, before = 0): GeminiSaid {
  const texts = parts.filter(({ text, thought }) => typeof text === 'string' && thought !== true);
  const reasoning = joined(parts.filter(({ thought }) => thought === true));
  const calls = parts.flatMap(({ functionCall: call, thoughtSignature }) =>
    call === undefined || call === null ? [] : [{ ...call, signature: filled(thoughtSignature) }],
  );
  return {
    ...(texts.length === 0 ? {} : { content: joined(texts) }),
    ...(reasoning === '' ? {} : { reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map((call, place) => toolCall(call, before + place)) }),
  };
}

function joined(parts: Parts): string {
  return parts.map(({ text }) => text ?? '').join('');
}

interface Called {
  readonly name: string;
  readonly id: unknown;
  readonly args: unknown;
  readonly signature: string | undefined;
}

/** The signature of the thought behind a call goes where Google's own OpenAI-compatible API puts it, and comes back from there. */
function toolCall({ name, id, args, signature }: Called, place: number): ToolCall {
  return {
    id: filled(id) ?? `call_${String(place)}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(args ?? {}) },
    ...(signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } }),
  };
}
