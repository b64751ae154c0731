import { right } from 'fp-ts/Either';
import type { Call } from '../../transport/transport';
import { classified } from '../classified';
import { calledModel } from '../called-model';
import { jsonText } from '../json-text';
import { keyedHeaders, type KeyedOptions } from '../keyed-headers';
import { openAIBody } from './openai-body';
import { openAIChunks } from './openai-chunks';
import { openAICompletion } from './openai-completion';
import type { OpenAIDialect } from './openai-dialect';
import { openAIErrorRules } from './openai-errors';
import { openAIFailure } from './openai-failure';
import { openAIUnserved } from './openai-unserved';
import type { Provider } from '../provider';
import { unsupported } from '../unsupported';

/** A server that speaks OpenAI's chat completions, as those who know one describe it. */
export interface OpenAIServer extends KeyedOptions {
  readonly name: string;
  readonly model: string;
  /** What the model is called in requests; default: its name. */
  readonly calledAs?: string | undefined;
  /** Of its chat completions, checked; or that by what the model is called. */
  readonly url: string | ((calledAs: string) => string);
  /** The header it wants the key in; default `authorization`, as a bearer. */
  readonly withKey?: (key: string) => Readonly<Record<string, string>>;
  /** What the key is called in its owner's options; default `apiKey`. */
  readonly keyOption?: string;
  readonly dialect?: OpenAIDialect;
}

const ownDialect: OpenAIDialect = {};

/** The provider behind `openAICompatible`, `azureOpenAI` and the presets. */
export function openAIServer(server: OpenAIServer): Provider {
  const { name, model, calledAs = model, url, apiKey, dialect = ownDialect } = server;
  const { withKey = (key: string) => ({ authorization: `Bearer ${key}` }) } = server;
  if (typeof model !== 'string' || model.trim() === '') throw new TypeError(`${name}: model is missing`);
  const headers = keyedHeaders(name, server, withKey, server.keyOption);

  return {
    name,
    model,
    ...(typeof apiKey === 'function' ? { key: () => apiKey() } : {}), // wrapped: the caller's function may have properties
    ...(servesAll(dialect) ? {} : { unserved: (request) => openAIUnserved(request, dialect) }),
    toCall: (request, { stream, model: given, key, dropUnsupported }) => {
      const complete = headers(key);
      if (complete._tag === 'Left') return complete;
      const asked = calledModel(model, given, name);
      if (asked._tag === 'Left') return asked;
      const called = calledAs === model ? asked : calledModel(calledAs, given, name);
      if (called._tag === 'Left') return called;
      const { body, unserved } = openAIBody(request, { model: called.right, stream, dialect });
      const dropped = unsupported(unserved, { provider: name, dropUnsupported });
      if (dropped._tag === 'Left') return dropped;
      const json = jsonText(body, name);
      if (json._tag === 'Left') return json;
      return right({
        method: 'POST',
        url: typeof url === 'string' ? url : url(called.right),
        headers: stream ? forEvents(complete.right) : complete.right,
        body: json.right,
        ...(stream ? { stream } : {}),
        ...(asked.right === model ? {} : { model: asked.right }),
        ...(dropped.right.length === 0 ? {} : { dropped: dropped.right }),
      });
    },
    toCompletion: (reply, sent) => openAICompletion(reply, { provider: name, model: sent?.model ?? model, sent }),
    chunks: openAIChunks({ provider: name, model }),
    toError: (reply, sent) => classified(openAIErrorRules, reply, openAIFailure(reply.body), { provider: name, sent }),
  };
}

function servesAll({ names, unsupported, formats }: OpenAIDialect): boolean {
  return names !== false && unsupported === undefined && formats === undefined;
}

/** An `accept` of the caller's own stays. */
function forEvents(headers: Call['headers']): Call['headers'] {
  return headers['accept'] === 'application/json' ? { ...headers, accept: 'text/event-stream' } : headers;
}
