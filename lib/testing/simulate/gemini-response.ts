import { estimateTokens } from '../estimate-tokens';
import type { Answer, Question } from './answer';
import type { Answers, Marks } from './wire-format';

/** A piece of what Gemini's model says. */
export type GeminiPart =
  | { readonly text: string; readonly thought?: true }
  | { readonly functionCall: { readonly name: string; readonly args: Answer['calls'][number]['args'] } };

/** A body as `geminiResponse` writes it. */
export interface GeminiResponse {
  readonly candidates: readonly {
    readonly content: { readonly parts: readonly GeminiPart[]; readonly role: 'model' };
    readonly finishReason: 'STOP' | 'MAX_TOKENS';
    readonly index: number;
  }[];
  readonly usageMetadata: Readonly<Record<string, number | undefined>>;
  readonly modelVersion: string;
  readonly responseId: string;
}

/** Gemini's `GenerateContentResponse`, marked as simulated. What the model thought counts apart from what it said. */
export function geminiResponse({ model, promptTokens }: Question, answers: Answers, { id }: Marks): GeminiResponse {
  const total = answers.reduce((sum, { tokens }) => sum + tokens, 0);
  const thoughts = answers.reduce((sum, { thought }) => sum + estimateTokens(thought), 0);
  return {
    candidates: answers.map((answer, index) => ({
      content: { parts: partsOf(answer), role: 'model' },
      finishReason: answer.finish === 'length' ? 'MAX_TOKENS' : 'STOP',
      index,
    })),
    usageMetadata: {
      promptTokenCount: promptTokens,
      candidatesTokenCount: total - thoughts,
      thoughtsTokenCount: thoughts > 0 ? thoughts : undefined,
      totalTokenCount: promptTokens + total,
    },
    modelVersion: model,
    responseId: `simulated-${id}`,
  };
}

function partsOf({ thought, text, calls }: Answer): readonly GeminiPart[] {
  return [
    ...(thought === '' ? [] : [{ text: thought, thought: true as const }]),
    ...(calls.length > 0 ? [] : [{ text }]),
    ...calls.map(({ name, args }) => ({ functionCall: { name, args } })),
  ];
}
