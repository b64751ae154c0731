import { openAICompatible, type OpenAICompatibleOptions } from './openai-compatible';
import type { Provider } from './provider';

/** A model of OpenAI's. */
export interface OpenAIOptions extends Pick<OpenAICompatibleOptions, 'model' | 'headers'> {
  /** A key, or a function asked before each attempt (rotation, short-lived tokens). */
  readonly apiKey: NonNullable<OpenAICompatibleOptions['apiKey']>;
  /** Default `https://api.openai.com/v1`. */
  readonly baseURL?: string | undefined;
}

/**
 * OpenAI's chat completions. It opens nothing; a wrong option is a `TypeError` that does not show its value.
 *
 * @example openai({ model: 'gpt-5-mini', apiKey })
 */
export function openai({ baseURL = 'https://api.openai.com/v1', ...options }: OpenAIOptions): Provider {
  if ((options.apiKey as unknown) === undefined) throw new TypeError('openai: apiKey is missing');
  return openAICompatible({ ...options, baseURL, name: 'openai' });
}
