import { hosted, type HostedOptions } from '../openai/hosted';
import type { KnownServer } from '../openai/local';
import type { Provider } from '../provider';

// Fields that lead to a 400: console.groq.com/docs/openai, Currently Unsupported OpenAI Features; so does a
// property of a message that it does not know ("property 'reasoning_content' is unsupported"). Usage also comes as
// `x_groq.usage`.
const vendor: KnownServer = {
  name: 'groq',
  address: 'https://api.groq.com/openai/v1',
  dialect: {
    unsupported: { logprobs: false, top_logprobs: undefined, logit_bias: undefined, n: 1 },
    names: false,
    takesBack: 'nothing',
  },
};

/**
 * Groq's models. Of a request, `logprobs`, `top_logprobs`, `logit_bias`, more than one choice and names of speakers
 * are refused: Groq does.
 *
 * @example groq({ model: 'openai/gpt-oss-120b', apiKey })
 */
export function groq(options: HostedOptions): Provider {
  return hosted(vendor, options);
}
