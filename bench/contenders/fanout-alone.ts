import { createRouter, openAICompatible } from 'rx-fanout';
import { of } from 'rxjs';
import { answersOf } from './answers-of';
import { apiKey, reply } from './exchange';
import type { HttpContender } from './http-contender';

/** The same road over a transport that has the reply already: what is left is the library's own work. */
export const fanoutAlone: HttpContender = (url) => {
  const provider = openAICompatible({ baseURL: `${url}/v1`, model: 'bench-model', apiKey });
  const router = createRouter({
    deployments: [{ group: 'bench-model', provider }],
    transport: () => of({ status: 200, headers: {}, body: { _tag: 'Right', right: reply } }),
  });
  return (prompts, concurrency) => answersOf(router, prompts, { concurrency });
};
