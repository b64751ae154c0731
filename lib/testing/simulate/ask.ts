import { estimateTokens } from '../estimate-tokens';
import type { Question } from './answer';
import { feedbackSchema } from './feedback-schema';
import { offerTools } from './offer-tools';

/** One message; `other`: instructions. What a tool gave is a message of its own. */
export interface Said {
  readonly by: 'user' | 'model' | 'tool' | 'other';
  readonly text: string;
}

/** The form of an answer; `any`: prose, unless the messages speak of JSON. */
export type Form = 'any' | 'prose' | { readonly schema: unknown };

interface Wish {
  readonly model: string;
  readonly choices: number;
  readonly maxTokens: number;
  readonly offered: Pick<Question, 'tools' | 'calling'>;
  readonly thinks: boolean;
  readonly form: Form;
}

/** The question that a conversation comes to. Tools are offered only where a user has the last word. */
export function ask(said: readonly Said[], { offered, form, ...wish }: Wish): Question {
  const spoken = said.filter(({ by }) => by !== 'tool');
  const speaksOfJson = spoken.some(({ text }) => /\bJSON\b/.test(text));
  return {
    ...wish,
    ...(said.at(-1)?.by === 'user' ? offered : offerTools([], 'none', false)),
    prompt: said.filter(({ by }) => by === 'user').at(-1)?.text ?? '',
    promptTokens: said.reduce((sum, { text }) => sum + estimateTokens(text) + 4, 0), // 4: role and separators
    schema:
      typeof form === 'object'
        ? (form.schema ?? feedbackSchema)
        : form === 'any' && speaksOfJson
          ? feedbackSchema
          : undefined,
    results: said.slice(said.map(({ by }) => by !== 'tool').lastIndexOf(true) + 1).map(({ text }) => text),
  };
}
