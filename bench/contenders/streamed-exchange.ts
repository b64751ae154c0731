import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { type ChatRequest, requestTo } from './exchange';

/** As every contender takes it. */
export interface StreamedRequest extends ChatRequest {
  readonly stream: true;
  readonly stream_options: { readonly include_usage: true };
}

/** What everybody sends. */
export function streamedRequestTo(prompt: string): StreamedRequest {
  return { ...requestTo(prompt), stream: true, stream_options: { include_usage: true } };
}

/** So many a stream. */
export const tokensAStream = 200;

// As text comes: mostly ASCII, a dash now and then.
const words =
  'thank you for telling us about the lamp — we are glad that it works and sorry for the box which our carrier will hear of'.split(
    ' ',
  );

const tokens = [...Array(tokensAStream).keys()].map((place) => ` ${words[place % words.length] ?? ''}`);

/** What all tokens make up. */
export const wholeText = tokens.join('');

/** What everybody gets: role, tokens, end, usage, `[DONE]`; 203 events with JSON, 58 KB. */
export const streamedEvents: readonly string[] = [
  chunk([choice({ role: 'assistant', content: '', refusal: null }, null)]),
  ...tokens.map((content) => chunk([choice({ content }, null)])),
  chunk([choice({}, 'stop')]),
  { ...chunk([]), usage: { prompt_tokens: 93, completion_tokens: 200, total_tokens: 293 } },
]
  .map((event) => `data: ${JSON.stringify(event)}\n\n`)
  .concat('data: [DONE]\n\n');

function chunk(choices: ChatCompletionChunk.Choice[]): ChatCompletionChunk & { readonly obfuscation: string } {
  return {
    id: 'chatcmpl-0123456789abcdefghijklmnop',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model: 'bench-model',
    service_tier: 'default',
    choices,
    usage: null,
    obfuscation: 'a1B2c3D4e5f6G7h8i9J0',
  };
}

function choice(
  delta: ChatCompletionChunk.Choice.Delta,
  finishReason: ChatCompletionChunk.Choice['finish_reason'],
): ChatCompletionChunk.Choice {
  return { index: 0, delta, logprobs: null, finish_reason: finishReason };
}

/** Whether a chunk is a token: what every contender counts. */
export function isToken(content: string | null | undefined): boolean {
  return content !== undefined && content !== null && content !== '';
}
