// One array in input order. A failure is a row like any other, so one bad request costs nothing but itself.
import { createRouter, openAICompatible, text, type CompletionRequest } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders({ latency: { p50Ms: 50, p99Ms: 500 } });
const provider = openAICompatible({ model: 'simulated', baseURL: `${simulated.url}/v1` });
const { gather$, close } = createRouter({ deployments: [{ group: 'fast', provider }] });

const requests: (string | CompletionRequest)[] = [
  'Name a red fruit',
  { messages: [] }, // malformed: a row says so, and nothing is sent for it
  { messages: [{ role: 'user', content: 'Name a blue fish' }], max_tokens: 20 },
];

gather$(requests).subscribe((rows) => {
  for (const { index, outcome, attempts } of rows) {
    const said = outcome._tag === 'Right' ? text(outcome.right) : `${outcome.left._tag}: ${outcome.left.message}`;
    console.log(`#${String(index)} (${String(attempts.length)} calls) ${said}`);
  }
  close();
  void simulated.close();
});
