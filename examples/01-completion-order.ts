// Results as they finish: the fastest answer is the first row, whatever its place in the input.
import { createRouter, openAICompatible, text } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders({ latency: { p50Ms: 100, p99Ms: 1000 } });
const provider = openAICompatible({ model: 'simulated', baseURL: `${simulated.url}/v1` });
const { parallel$, close } = createRouter({ deployments: [{ group: 'fast', provider }] });

const prompts = ['Name a red fruit', 'Name a blue fish', 'Name a green bird', 'Name a yellow flower'];

parallel$(prompts, { concurrency: 2 }).subscribe({
  next: ({ index, outcome, timing }) => {
    const said = outcome._tag === 'Right' ? text(outcome.right) : outcome.left.message;
    console.log(`#${String(index)} after ${String(Math.round(timing.elapsedMs))} ms: ${said}`);
  },
  complete: () => {
    close();
    void simulated.close();
  },
});
