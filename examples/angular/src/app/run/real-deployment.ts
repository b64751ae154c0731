import { openAICompatible, type Deployment } from 'rx-fanout';
import type { Target } from './run-settings';

/** A server that speaks OpenAI's chat completions. Throws a `TypeError` for what is no address. The key stays in this page's memory. */
export function realDeployment({ baseURL, model, apiKey }: Extract<Target, { kind: 'real' }>): Deployment {
  return {
    group: 'board',
    id: model,
    provider: openAICompatible({ baseURL, model, ...(apiKey === '' ? {} : { apiKey }) }),
  };
}
