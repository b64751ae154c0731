import { hosted, type HostedOptions } from '../openai/hosted';
import type { KnownServer } from '../openai/local';
import type { Provider } from '../provider';

const vendor: KnownServer = { name: 'openRouter', address: 'https://openrouter.ai/api/v1' };

/**
 * Any model, by way of OpenRouter. Its own fields (`provider`, `models`, `transforms` …) can be given in a request
 * as they are.
 *
 * @example openRouter({ model: 'anthropic/claude-sonnet-5', apiKey })
 */
export function openRouter(options: HostedOptions): Provider {
  return hosted(vendor, options);
}
