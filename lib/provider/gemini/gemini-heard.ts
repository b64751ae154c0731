import { filled } from '../filled';
import type { GeminiReply } from './gemini-reply';

type Candidate = NonNullable<GeminiReply['candidates']>[number];

/** What has been heard of one candidate, be it all at once or over many events. */
export interface GeminiHeard {
  /** Function calls. */
  readonly calls: number;
  /** It has had a part, be it an empty text. */
  readonly spoke: boolean;
  /** One of them was not empty. */
  readonly said: boolean;
  /** Why it ended, in Google's word; `undefined` as long as it has not. */
  readonly ended: string | undefined;
}

/** What is known of a candidate after one more piece of it. */
export function geminiHeard(piece: Candidate, before?: GeminiHeard): GeminiHeard {
  const parts = piece.content?.parts ?? [];
  const ended = filled(piece.finishReason);
  return {
    calls: (before?.calls ?? 0) + parts.filter(({ functionCall: call }) => call !== undefined && call !== null).length,
    spoke: before?.spoke === true || parts.length > 0,
    said: before?.said === true || parts.some(({ text }) => text !== ''),
    ended: ended === undefined || ended === 'FINISH_REASON_UNSPECIFIED' ? before?.ended : ended,
  };
}
