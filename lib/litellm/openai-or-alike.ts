import type { HostedOptions } from '../provider/openai/hosted';
import { openai } from '../provider/openai/openai';
import { openAICompatible } from '../provider/openai/openai-compatible';
import type { Provider } from '../provider/provider';

/** OpenAI itself; or, where the address is another's, a server that speaks as OpenAI does. */
export function openAIOrAlike({ model, apiKey, baseURL, headers }: HostedOptions): Provider {
  if (baseURL === undefined || /^https:\/\/([\w-]+\.)*openai\.com(\/|$)/.test(baseURL)) {
    return openai({ model, apiKey, baseURL, headers });
  }
  return openAICompatible({ model, apiKey, baseURL, headers });
}
