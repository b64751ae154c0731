import Anthropic from '@anthropic-ai/sdk';
import type { Judge } from './judge';
import type { Understood } from './understood';

type Ask = Omit<Anthropic.MessageCreateParamsNonStreaming, 'model' | 'stream'>;

/** Anthropic's SDK. */
export const anthropicJudge: Judge<Ask> = {
  whole: async (url, ask) => heard(await client(url).messages.create({ ...ask, model: 'm' })),
  streamed: async (url, ask) => {
    const body = await client(url)
      .messages.stream({ ...ask, model: 'm' })
      .finalMessage();
    return { heard: heard(body), body };
  },
};

const reasons: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

function client(url: string): Anthropic {
  return new Anthropic({ apiKey: 'k', baseURL: url, maxRetries: 0, logLevel: 'off' });
}

function heard({ content, stop_reason: reason, usage }: Anthropic.Message): Understood {
  const cached = usage.cache_read_input_tokens ?? 0;
  const prompt = usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + cached;
  return {
    choices: [
      {
        text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
        reasoning: content.flatMap((block) => (block.type === 'thinking' ? [block.thinking] : [])).join(''),
        refusal: '',
        calls: callsIn(content),
        finish: reasons[String(reason)] ?? String(reason),
      },
    ],
    tokens: {
      prompt,
      completion: usage.output_tokens,
      total: prompt + usage.output_tokens,
      cached,
      reasoning: usage.output_tokens_details?.thinking_tokens ?? 0,
    },
  };
}

/** With each call goes the thinking since the one before it. */
function callsIn(content: Anthropic.Message['content']): Understood['choices'][number]['calls'] {
  return content.flatMap((block, at) => {
    if (block.type !== 'tool_use') return [];
    const last = content
      .slice(0, at)
      .map(({ type }) => type)
      .lastIndexOf('tool_use');
    const thoughts = content.slice(last + 1, at).filter(({ type }) => type.endsWith('thinking'));
    const extra = thoughts.length === 0 ? undefined : { anthropic: { model: 'm', thinking_blocks: thoughts } };
    return [{ id: block.id, name: block.name, args: block.input, extra }];
  });
}
