import { hosted, type HostedOptions } from '../openai/hosted';
import type { KnownServer } from '../openai/local';
import type { Provider } from '../provider';

const vendor: KnownServer = { name: 'xai', address: 'https://api.x.ai/v1' };

/**
 * xAI's models. Their usage counts reasoning among the completion tokens, as OpenAI's does, though xAI reports it
 * apart.
 *
 * @example xai({ model: 'grok-4', apiKey })
 */
export function xai(options: HostedOptions): Provider {
  return hosted(vendor, options);
}
