import OpenAI from 'openai';
import type { Judge } from './judge';
import { parsed, type Understood } from './understood';

type Ask = Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, 'model' | 'stream'>;

/** OpenAI's SDK. Fields that it does not know (reasoning) it overwrites with each piece, so they are joined here. */
export const openAIJudge: Judge<Ask> = {
  whole: async (url, ask) => {
    const completion = await client(url).chat.completions.create({ ...ask, model: 'm' });
    const thoughts = completion.choices.map(({ message }) => thoughtIn(message));
    return heard(completion, thoughts);
  },
  streamed: async (url, ask) => {
    const asked = { ...ask, model: 'm', stream: true as const, stream_options: { include_usage: true } };
    const stream = client(url).chat.completions.stream(asked);
    const thoughts: string[] = [];
    stream.on('chunk', ({ choices }) => {
      for (const { index, delta } of choices) thoughts[index] = (thoughts[index] ?? '') + thoughtIn(delta);
    });
    const body = await stream.finalChatCompletion();
    const choices = body.choices.map((choice, at) => ({
      ...choice,
      message: { ...choice.message, reasoning: undefined, reasoning_content: thoughts[at] },
    }));
    return { heard: heard(body, thoughts), body: { ...body, choices } };
  },
};

function client(url: string): OpenAI {
  return new OpenAI({ apiKey: 'k', baseURL: `${url}/v1`, maxRetries: 0, logLevel: 'off' });
}

function thoughtIn(said: object | null | undefined): string {
  const { reasoning, reasoning_content: other } = (said ?? {}) as Readonly<Record<string, unknown>>;
  return typeof reasoning === 'string' ? reasoning : typeof other === 'string' ? other : '';
}

function extraOf(call: object): unknown {
  return 'extra_content' in call ? call.extra_content : undefined;
}

function heard({ choices, usage }: OpenAI.ChatCompletion, thoughts: readonly string[]): Understood {
  return {
    choices: choices.map(({ message: { content, refusal, tool_calls: calls = [] }, finish_reason }, at) => ({
      text: content ?? '',
      reasoning: thoughts[at] ?? '',
      refusal: refusal ?? '',
      calls: calls.flatMap((call) =>
        call.type === 'function'
          ? [{ id: call.id, name: call.function.name, args: parsed(call.function.arguments), extra: extraOf(call) }]
          : [],
      ),
      finish: finish_reason,
    })),
    tokens: usage && {
      prompt: usage.prompt_tokens,
      completion: usage.completion_tokens,
      total: usage.total_tokens,
      cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
      reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    },
  };
}
