import { hosted, type HostedOptions } from './hosted';
import type { KnownServer } from './local';
import type { Provider } from '../provider';

/** A model of OpenAI's. */
export type OpenAIOptions = HostedOptions;

// It refuses parameters that it does not know (`unknown_parameter`), and its own answers have neither of these.
const vendor: KnownServer = {
  name: 'openai',
  address: 'https://api.openai.com/v1',
  dialect: { takesBack: 'nothing' },
};

/**
 * OpenAI's chat completions. It opens nothing; a wrong option is a `TypeError` that does not show its value.
 * What other vendors' answers hold besides OpenAI's own fields (`reasoning`, a call's `extra_content`) is not sent back to it.
 *
 * @example openai({ model: 'gpt-5-mini', apiKey })
 */
export function openai(options: OpenAIOptions): Provider {
  return hosted(vendor, options);
}
