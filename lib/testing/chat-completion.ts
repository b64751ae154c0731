import { estimateTokens } from './estimate-tokens';

/** What a test provider answers with, before it is put in OpenAI's words. */
interface Said {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly model: string;
  /** One entry a choice. */
  readonly choices: readonly { readonly text: string; readonly finish: 'stop' | 'length' }[];
  readonly promptTokens: number;
}

/** OpenAI's `chat.completion` body, marked as simulated. */
export function chatCompletion({ id, created, model, choices, promptTokens }: Said): Readonly<Record<string, unknown>> {
  const completionTokens = choices.reduce((sum, { text }) => sum + estimateTokens(text), 0);
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    system_fingerprint: 'simulated',
    choices: choices.map(({ text, finish }, index) => ({
      index,
      message: { role: 'assistant', content: text, refusal: null },
      logprobs: null,
      finish_reason: finish,
    })),
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  };
}
