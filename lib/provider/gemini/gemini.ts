import { right } from 'fp-ts/Either';
import type { ObservableInput } from 'rxjs';
import { knownOptions } from '../../domain/known-options';
import { calledModel } from '../called-model';
import { checkedBaseURL } from '../checked-base-url';
import { geminiBody } from './gemini-body';
import { geminiChunks } from './gemini-chunks';
import { geminiCompletion } from './gemini-completion';
import { geminiError } from './gemini-error';
import { geminiFailure } from './gemini-failure';
import { geminiUnserved } from './gemini-unserved';
import { keyedHeaders } from '../keyed-headers';
import type { Provider } from '../provider';
import { vendorFailure } from '../vendor-failure';

/** A model of Google's, by the Gemini API. */
export interface GeminiOptions {
  /** Google's name of the model; `models/…` and `tunedModels/…` are understood too. */
  readonly model: string;
  /** A key, or a function asked before each attempt. Sent in the header `x-goog-api-key`, never in the address. */
  readonly apiKey: string | (() => ObservableInput<string> & object);
  /** The host; `/v1beta/models/…` is put behind it. Default `https://generativelanguage.googleapis.com`. */
  readonly baseURL?: string | undefined;
  /** Sent with every call; they outdo ours. Kept as secret as the key. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const name = 'gemini';
const named = /^(?:(models|tunedModels)\/)?(.*)$/s;

/**
 * Google's `generateContent`, whole or streamed. It opens nothing; a wrong option is a `TypeError` that does not show its value.
 *
 * Google's own fields (`safetySettings`, `cachedContent`, `generationConfig` …) can be given in a request as they are. Thoughts
 * are asked for with `reasoning_effort`. A tool call carries the signature of the thought behind it in `extra_content`:
 * put the message back into the conversation as it came.
 *
 * @example gemini({ model: 'gemini-2.5-flash', apiKey })
 */
export function gemini(options: GeminiOptions): Provider {
  knownOptions(name, options, ['model', 'apiKey', 'baseURL', 'headers']);
  const { model, apiKey, baseURL = 'https://generativelanguage.googleapis.com' } = options;
  if (typeof model !== 'string' || pathOf(model) === '') throw new TypeError(`${name}: model is missing`);
  if ((apiKey as unknown) === undefined) throw new TypeError(`${name}: apiKey is missing`);
  const base = `${checkedBaseURL(name, baseURL)}/v1beta`;
  const headers = keyedHeaders(name, options, (key) => ({ 'x-goog-api-key': key }));

  return {
    name,
    model,
    ...(typeof apiKey === 'function' ? { key: () => apiKey() } : {}), // wrapped: the caller's function may have properties
    unserved: (request) => geminiUnserved(request, model),
    toCall: (request, { stream, model: given, key, dropUnsupported }) => {
      const complete = headers(key);
      if (complete._tag === 'Left') return complete;
      const asked = calledModel(model, given, name);
      if (asked._tag === 'Left') return asked;
      const body = geminiBody(request, { model: asked.right, provider: name, dropUnsupported });
      if (body._tag === 'Left') return body;
      const { text, dropped } = body.right;
      return right({
        method: 'POST',
        url: `${base}/${pathOf(asked.right)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
        headers: complete.right,
        body: text,
        ...(stream ? { stream } : {}),
        ...(asked.right === model ? {} : { model: asked.right }),
        ...(dropped.length === 0 ? {} : { dropped }),
      });
    },
    toCompletion: (reply, sent) => geminiCompletion(reply, { provider: name, model: sent?.model ?? model, sent }),
    chunks: geminiChunks({ provider: name, model }),
    toError: (reply, sent) => {
      const body = reply.body._tag === 'Left' ? undefined : reply.body.right;
      return geminiError(reply, geminiFailure(body) ?? vendorFailure(body), { provider: name, sent });
    },
  };
}

/** Its place under the version of the API; without an id, nothing. */
function pathOf(model: string): string {
  const [, kind = 'models', id = ''] = named.exec(model) ?? [];
  return id.trim() === '' ? '' : `${kind}/${encodeURIComponent(id)}`;
}
