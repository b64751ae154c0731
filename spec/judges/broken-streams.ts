import { anthropicStreams } from '../provider/fixtures/anthropic-streams';
import { geminiStreams } from '../provider/fixtures/gemini-streams';
import { openAIStreams } from '../provider/fixtures/openai-streams';
import type { vendors } from './vendors';

type Broken = readonly [vendor: keyof typeof vendors, what: string, failure: string, stream: string];

/** A stream up to its first piece with a text, and that piece. */
const until = (stream: string, text: string): string => {
  const end = /\r?\n\r?\n/g;
  end.lastIndex = stream.indexOf(text);
  end.exec(stream);
  return stream.slice(0, end.lastIndex);
};
const openai = until(openAIStreams.text, 'A cher');
const claude = until(anthropicStreams.text, 'A cher');
const google = until(geminiStreams.text, 'A cher');

const data = (said: object): string => `data: ${JSON.stringify(said)}\n\n`;
const failed = (type: string, code: string | null, message = 'The server had an error') =>
  data({ error: { message, type, param: null, code } });
const erred = (type: string, message = 'It failed.') =>
  `event: error\n${data({ type: 'error', error: { type, message } })}`;
const refused = (code: number, status: string, message: string, details: readonly object[] = []) =>
  data({ error: { code, status, message, details } });
const invalid = 'data: {"choices": [{\n\n';
const done = 'data: [DONE]\n\n';

/** Streams that no SDK takes for an answer, and what ours makes of them: a tag, and the text that was heard. */
export const brokenStreams: readonly Broken[] = [
  ['OpenAI', 'a server error after words', 'ServerError: A cher', openai + failed('server_error', null)],
  [
    'OpenAI',
    'a rate limit after words',
    'RateLimited: A cher',
    openai + failed('tokens', 'rate_limit_exceeded') + done,
  ],
  ['OpenAI', 'a server error at once', 'ServerError', failed('server_error', null)],
  ['OpenAI', 'a quota at once', 'QuotaExhausted', failed('insufficient_quota', 'insufficient_quota')],
  [
    'OpenAI',
    'a long prompt at once',
    'ContextWindowExceeded',
    failed('invalid_request_error', 'context_length_exceeded'),
  ],
  [
    'OpenAI',
    'an event of the type error',
    'ServerError: A cher',
    `${openai}event: error\n${failed('server_error', null)}`,
  ],
  ['OpenAI', 'an event that is no JSON', 'InvalidResponse: A cher', openai + invalid + done],
  ['OpenAI', 'nothing', 'InvalidResponse', ''],
  ['OpenAI', 'nothing but [DONE]', 'InvalidResponse', done],
  ['OpenAI', 'no end', 'Connection: A cher', openai],
  ['OpenAI', 'half an event', 'Connection: A cher', `${openai}data: {"choi`],

  ['Anthropic', 'an overload after words', 'Overloaded: A che', anthropicStreams.overloaded],
  ['Anthropic', 'an overload at once', 'Overloaded', erred('overloaded_error')],
  ['Anthropic', 'a rate limit after words', 'RateLimited: A cher', claude + erred('rate_limit_error')],
  ['Anthropic', 'a server error after words', 'ServerError: A cher', claude + erred('api_error')],
  [
    'Anthropic',
    'a long prompt',
    'ContextWindowExceeded',
    erred('invalid_request_error', 'prompt is too long: 201000 tokens > 200000 maximum'),
  ],
  ['Anthropic', 'a wrong key', 'Authentication', erred('authentication_error')],
  [
    'Anthropic',
    'an event that is no JSON',
    'InvalidResponse: A cher',
    `${claude}event: content_block_delta\ndata: {"type": "content\n\n`,
  ],
  ['Anthropic', 'a second message', 'InvalidResponse: A cher', claude + claude],
  ['Anthropic', 'nothing', 'InvalidResponse', ''],
  ['Anthropic', 'no end', 'Connection: A cher', claude],

  ['Gemini', 'an overload after words', 'Overloaded: A cher', geminiStreams.error],
  [
    'Gemini',
    'a rate limit after words',
    'RateLimited: A cher',
    google + refused(429, 'RESOURCE_EXHAUSTED', 'Slow down.'),
  ],
  ['Gemini', 'a server error at once', 'ServerError', refused(500, 'INTERNAL', 'An internal error has occurred.')],
  [
    'Gemini',
    'a wrong key',
    'Authentication',
    refused(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.'),
  ],
  ['Gemini', 'an event that is no JSON', 'InvalidResponse: A cher', google + invalid],
];
