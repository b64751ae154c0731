import { hosted, type HostedOptions } from './hosted';
import type { KnownServer } from './local';
import type { Provider } from '../provider';

/** A model of OpenAI's. */
export type OpenAIOptions = HostedOptions;

const vendor: KnownServer = { name: 'openai', address: 'https://api.openai.com/v1' };

/**
 * OpenAI's chat completions. It opens nothing; a wrong option is a `TypeError` that does not show its value.
 *
 * @example openai({ model: 'gpt-5-mini', apiKey })
 */
export function openai(options: OpenAIOptions): Provider {
  return hosted(vendor, options);
}
