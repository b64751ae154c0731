import { right } from 'fp-ts/Either';
import type { ObservableInput } from 'rxjs';
import { knownOptions } from '../../domain/known-options';
import { anthropicBody } from './anthropic-body';
import { anthropicChunks } from './anthropic-chunks';
import { anthropicCompletion } from './anthropic-completion';
import { anthropicErrorRules } from './anthropic-errors';
import { anthropicFailure } from './anthropic-failure';
import { calledModel } from '../called-model';
import { checkedBaseURL } from '../checked-base-url';
import { classified } from '../classified';
import { jsonText } from '../json-text';
import { keyedHeaders } from '../keyed-headers';
import type { Provider } from '../provider';
import { unsupported } from '../unsupported';

/** A model of Anthropic's. */
export interface AnthropicOptions {
  /** Anthropic's name of the model. */
  readonly model: string;
  /** A key, or a function asked before each attempt (rotation, short-lived tokens). */
  readonly apiKey: string | (() => ObservableInput<string> & object);
  /** The host; `/v1/messages` is put behind it. Default `https://api.anthropic.com`. */
  readonly baseURL?: string | undefined;
  /** Sent with every call; they outdo ours (`anthropic-version`). Kept as secret as the key. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The longest answer (tokens) when a request does not say; Anthropic must be told one. Default 4096. */
  readonly maxTokens?: number | undefined;
}

const name = 'anthropic';

/**
 * Anthropic's Messages API. It opens nothing; a wrong option is a `TypeError` that does not show its value.
 *
 * What Anthropic has no counterpart for (`n` above 1, `seed`, `logprobs`, penalties, `logit_bias`, `json_object`,
 * sound, names of speakers) is `BadRequest` naming the field, or left out under `dropUnsupported`; so is `temperature`
 * from Claude 4.7 on, which Anthropic refuses itself. `json_schema` becomes its structured output, which Claude 4.0 and
 * older refuse; `reasoning_effort` its thinking, which goes along with the calls of tools that it led to
 * (`extra_content`): Anthropic wants it back with their results.
 *
 * @example anthropic({ model: 'claude-sonnet-5', apiKey })
 */
export function anthropic(options: AnthropicOptions): Provider {
  knownOptions(name, options, ['model', 'apiKey', 'baseURL', 'headers', 'maxTokens']);
  const { model, apiKey, baseURL = 'https://api.anthropic.com', maxTokens = 4096 } = options;
  if (typeof model !== 'string' || model.trim() === '') throw new TypeError(`${name}: model is missing`);
  if ((apiKey as unknown) === undefined) throw new TypeError(`${name}: apiKey is missing`);
  if (!Number.isInteger(maxTokens) || maxTokens < 1) {
    throw new TypeError(`${name}: maxTokens is ${String(maxTokens)}: give a whole number from 1`);
  }
  const url = `${checkedBaseURL(name, baseURL)}/v1/messages`;
  const headers = keyedHeaders(name, options, (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01' }));

  return {
    name,
    model,
    ...(typeof apiKey === 'function' ? { key: () => apiKey() } : {}), // wrapped: the caller's function may have properties
    unserved: (request) => anthropicBody(request, { model, stream: false, maxTokens }).unserved,
    toCall: (request, { stream, model: given, key, dropUnsupported }) => {
      const complete = headers(key);
      if (complete._tag === 'Left') return complete;
      const asked = calledModel(model, given, name);
      if (asked._tag === 'Left') return asked;
      const { body, unserved } = anthropicBody(request, { model: asked.right, stream, maxTokens, dropUnsupported });
      const dropped = unsupported(unserved, { provider: name, dropUnsupported });
      if (dropped._tag === 'Left') return dropped;
      const json = jsonText(body, name);
      if (json._tag === 'Left') return json;
      return right({
        method: 'POST',
        url,
        headers: complete.right,
        body: json.right,
        ...(stream ? { stream } : {}),
        ...(asked.right === model ? {} : { model: asked.right }),
        ...(dropped.right.length === 0 ? {} : { dropped: dropped.right }),
      });
    },
    toCompletion: (reply, sent) => anthropicCompletion(reply, { provider: name, model: sent?.model ?? model, sent }),
    chunks: anthropicChunks({ provider: name, model }),
    toError: (reply, sent) => {
      const failure = reply.body._tag === 'Left' ? undefined : anthropicFailure(reply.body.right);
      return classified(anthropicErrorRules, reply, failure, { provider: name, sent });
    },
  };
}
