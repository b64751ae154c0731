import { createRouter, type FanoutRouter, openAICompatible } from 'rx-fanout';
import { apiKey } from './exchange';

/** A router as one gets it by default, with the loopback server at `url` behind it. */
export function benchRouter(url: string): FanoutRouter {
  const provider = openAICompatible({ baseURL: `${url}/v1`, model: 'bench-model', apiKey });
  return createRouter({ deployments: [{ group: 'bench-model', provider }] });
}
