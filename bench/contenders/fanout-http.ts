import { createRouter, openAICompatible } from 'rx-fanout';
import { answersOf } from './answers-of';
import { apiKey } from './exchange';
import type { HttpContender } from './http-contender';

/** Everything that a user of this library gets by default: router, retries, time-outs, cancellation, checked replies. */
export const fanoutHttp: HttpContender = (url) => {
  const provider = openAICompatible({ baseURL: `${url}/v1`, model: 'bench-model', apiKey });
  const router = createRouter({ deployments: [{ group: 'bench-model', provider }] });
  return (prompts, concurrency) => answersOf(router, prompts, concurrency);
};
