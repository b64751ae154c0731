import { right } from 'fp-ts/Either';
import type { ObservableInput } from 'rxjs';
import type { Call } from '../transport/transport';
import { checkedBaseURL } from './checked-base-url';
import { classified } from './classified';
import { jsonText } from './json-text';
import { keyedHeaders } from './keyed-headers';
import { openAIBody } from './openai-body';
import { openAIChunks } from './openai-chunks';
import { openAICompletion } from './openai-completion';
import { openAIErrorRules } from './openai-errors';
import { openAIFailure } from './openai-failure';
import type { Provider } from './provider';

/** Where and how to reach a server that speaks OpenAI's chat completions. */
export interface OpenAICompatibleOptions {
  /** The vendor's name of the model. */
  readonly model: string;
  /** Up to and with `/v1`; `/chat/completions` is put behind it. */
  readonly baseURL: string;
  /**
   * A key, or a function asked before each attempt (rotation, short-lived tokens). Absent: no `authorization` is sent.
   */
  readonly apiKey?: string | (() => ObservableInput<string> & object) | undefined;
  /** Sent with every call; they outdo ours. Kept as secret as the key. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Stands in errors and in default deployment ids. Default `openai-compatible`. */
  readonly name?: string | undefined;
}

/**
 * A provider for any server that speaks OpenAI's chat completions. It opens nothing.
 * A wrong option is a `TypeError` that says which and what is wrong, and never shows a key, a header or an address.
 *
 * @example openAICompatible({ name: 'groq', baseURL: 'https://api.groq.com/openai/v1', model: 'llama-3.3-70b-versatile', apiKey })
 */
export function openAICompatible(options: OpenAICompatibleOptions): Provider {
  const { model, apiKey, name = 'openai-compatible' } = options;
  if (!/^[\w.-]{1,64}$/.test(name)) throw new TypeError('name of a provider: use letters, digits, ".", "_" and "-"');
  if (typeof model !== 'string' || model.trim() === '') throw new TypeError(`${name}: model is missing`);
  const url = `${checkedBaseURL(name, options.baseURL)}/chat/completions`;
  const headers = keyedHeaders(name, options, (key) => ({ authorization: `Bearer ${key}` }));

  return {
    name,
    model,
    ...(typeof apiKey === 'function' ? { key: () => apiKey() } : {}), // wrapped: the caller's function may have properties
    toCall: (request, { stream, key }) => {
      const complete = headers(key);
      if (complete._tag === 'Left') return complete;
      const body = jsonText(openAIBody(request, { model, stream }), name);
      if (body._tag === 'Left') return body;
      const call = { method: 'POST' as const, url, headers: complete.right, body: body.right };
      return right(stream ? { ...call, headers: forEvents(call.headers), stream } : call);
    },
    toCompletion: (reply, sent) => openAICompletion(reply, { provider: name, model, sent }),
    toError: (reply, sent) => classified(openAIErrorRules, reply, openAIFailure(reply.body), { provider: name, sent }),
    chunks: openAIChunks({ provider: name, model }),
  };
}

/** An `accept` of the caller's own stays. */
function forEvents(headers: Call['headers']): Call['headers'] {
  return headers['accept'] === 'application/json' ? { ...headers, accept: 'text/event-stream' } : headers;
}
