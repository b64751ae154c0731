import { hosted, type HostedOptions } from '../openai/hosted';
import type { KnownServer } from '../openai/local';
import type { Provider } from '../provider';

// Mistral answers 422 (`extra_forbidden`) to a field that is not in its schema (docs.mistral.ai/api,
// ChatCompletionRequest), and to a role other than system, user, assistant and tool; 400 to other ids of calls ("must be
// a-z, A-Z, 0-9, with a length of 9"). The last chunk of a stream has the usage without being asked.
const vendor: KnownServer = {
  name: 'mistral',
  address: 'https://api.mistral.ai/v1',
  dialect: {
    streamOptions: false,
    renamed: { max_completion_tokens: 'max_tokens', seed: 'random_seed' },
    unsupported: { logprobs: false, top_logprobs: undefined, logit_bias: undefined, user: undefined },
    developer: false,
    takesBack: 'nothing',
    shortIds: true,
  },
};

/**
 * Mistral's models. `max_completion_tokens` and `seed` are sent under Mistral's names; `logprobs`, `top_logprobs`,
 * `logit_bias` and `user`, which it refuses, are refused. Ids of calls that other vendors' models made are sent as ids
 * that it takes.
 *
 * @example mistral({ model: 'mistral-small-latest', apiKey })
 */
export function mistral(options: HostedOptions): Provider {
  return hosted(vendor, options);
}
