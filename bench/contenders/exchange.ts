import type { ChatCompletion } from 'openai/resources/chat/completions';

const model = 'bench-model';

/** As every contender takes it. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: { readonly role: 'system' | 'user'; readonly content: string }[];
  readonly temperature: number;
  readonly max_completion_tokens: number;
}

/** What everybody sends: 500 bytes of JSON for a prompt of `promptOf`. */
export function requestTo(prompt: string): ChatRequest {
  return {
    model,
    messages: [
      { role: 'system', content: 'You read what customers write and answer in one short, friendly sentence.' },
      { role: 'user', content: prompt },
    ],
    temperature: 0.2,
    max_completion_tokens: 120,
  };
}

export function promptOf(index: number): string {
  const number = String(index).padStart(6, '0');
  return `Review ${number}: the parcel came two days late and one corner of the box was dented, but the lamp inside works, looks better than in the pictures, and whoever packed it had put in a spare bulb and a card. I would buy here again, only please ask your carrier to ring the bell before leaving.`;
}

/** What everybody gets: 600 bytes of JSON. */
export const reply: ChatCompletion = {
  id: 'chatcmpl-0123456789abcdefghijklmnop',
  object: 'chat.completion',
  created: 1_760_000_000,
  model,
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content:
          'Thank you for telling us: we are glad that the lamp is to your liking, we are sorry about the dented box and the two days of waiting, and we will ask our carrier to ring your bell the next time that a parcel of ours is on its way. Until then, enjoy the light, and do keep the card.',
        refusal: null,
      },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 93, completion_tokens: 52, total_tokens: 145 },
};

export const apiKey = 'sk-bench-0123456789';

/** Whether it is the answer: a client that loses or spoils some is no contender. */
export function isAnswer(content: string | null | undefined): boolean {
  return content === reply.choices[0]?.message.content;
}
