import { hosted, type HostedOptions } from '../openai/hosted';
import type { KnownServer } from '../openai/local';
import type { Provider } from '../provider';

const vendor: KnownServer = { name: 'fireworks', address: 'https://api.fireworks.ai/inference/v1' };

/**
 * Models served by Fireworks. The last chunk of a stream has the usage, asked for or not.
 *
 * @example fireworks({ model: 'accounts/fireworks/models/llama-v3p3-70b-instruct', apiKey })
 */
export function fireworks(options: HostedOptions): Provider {
  return hosted(vendor, options);
}
