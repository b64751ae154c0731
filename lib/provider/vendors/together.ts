import { hosted, type HostedOptions } from '../openai/hosted';
import type { KnownServer } from '../openai/local';
import type { Provider } from '../provider';

// docs.together.ai/reference/chat-completions-1: `max_tokens`, and the roles system, user, assistant, tool and
// function.
const vendor: KnownServer = {
  name: 'together',
  address: 'https://api.together.xyz/v1',
  dialect: {
    renamed: { max_completion_tokens: 'max_tokens' },
    developer: false,
  },
};

/**
 * Models served by Together. `max_completion_tokens` is sent as `max_tokens`, the role `developer` as `system`.
 *
 * @example together({ model: 'meta-llama/Llama-3.3-70B-Instruct-Turbo', apiKey })
 */
export function together(options: HostedOptions): Provider {
  return hosted(vendor, options);
}
