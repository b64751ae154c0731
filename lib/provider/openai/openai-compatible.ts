import type { ObservableInput } from 'rxjs';
import { knownOptions } from '../../domain/known-options';
import { optionsObject } from '../../domain/options-object';
import { checkedBaseURL } from '../checked-base-url';
import { openAIServer } from './openai-server';
import type { Provider } from '../provider';

const usualName = 'openai-compatible';

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
 * @example openAICompatible({ name: 'groq', baseURL: 'https://api.groq.com/openai/v1', model: 'openai/gpt-oss-120b', apiKey })
 */
export function openAICompatible(options: OpenAICompatibleOptions): Provider {
  const { name = usualName, baseURL, model, apiKey, headers } = optionsObject(`${usualName}: options`, options);
  if (!/^[\w.-]{1,64}$/.test(name)) throw new TypeError('name of a provider: use letters, digits, ".", "_" and "-"');
  knownOptions(name, options, ['model', 'baseURL', 'apiKey', 'headers', 'name']);
  return openAIServer({ name, model, apiKey, headers, url: `${checkedBaseURL(name, baseURL)}/chat/completions` });
}
