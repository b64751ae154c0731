import { hosted, type HostedOptions } from '../openai/hosted';
import type { KnownServer } from '../openai/local';
import type { Provider } from '../provider';

// api-docs.deepseek.com/api/create-chat-completion lists all that is taken; what it does not list is ignored there,
// `json_schema` ("This response_format type is unavailable now") and the role `developer` ("unknown variant") are a
// 400 or 422. api-docs.deepseek.com/guides/thinking_mode: where tools are called, all that was answered between two
// messages of the user must come back with its `reasoning_content`, the last words too, or what follows is a 400;
// elsewhere it is ignored.
const vendor: KnownServer = {
  name: 'deepseek',
  address: 'https://api.deepseek.com/v1',
  dialect: {
    renamed: { max_completion_tokens: 'max_tokens' },
    unsupported: { n: 1, seed: undefined, logit_bias: undefined },
    formats: ['text', 'json_object'],
    developer: false,
    takesBack: 'reasoning_content',
  },
};

/**
 * DeepSeek's models. `max_completion_tokens` is sent as `max_tokens`, the role `developer` as `system`;
 * `json_schema`, `n`, `seed` and `logit_bias` are refused: DeepSeek has none of them. The `reasoning` of its
 * answers goes back with them, as DeepSeek wants it: put messages back into the conversation as they came.
 *
 * @example deepseek({ model: 'deepseek-v4-flash', apiKey })
 */
export function deepseek(options: HostedOptions): Provider {
  return hosted(vendor, options);
}
