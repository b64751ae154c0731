// Retries are made for you; a total deadline bounds them. `attempts` tells what each request went through.
import { createRouter, openAICompatible, summarize } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const flaky = await simulateProviders({
  latency: { p50Ms: 30, p99Ms: 300 },
  faults: { status: { 500: 0.3 }, reset: 0.1 },
});
const provider = openAICompatible({ model: 'simulated', baseURL: `${flaky.url}/v1` });
const { parallel$, events$, close } = createRouter({
  deployments: [{ group: 'fast', provider }],
  timeouts: { attemptMs: 1000, totalMs: 5000 },
  maxRetries: 3,
});

events$.subscribe((event) => {
  if (event.type === 'retry-scheduled') {
    console.log(`#${String(event.index)} again in ${String(Math.round(event.waitMs))} ms after ${event.tag}`);
  }
});

const prompts = Array.from({ length: 20 }, (_, number) => `Describe a house with ${String(number + 1)} windows`);

parallel$(prompts)
  .pipe(summarize())
  .subscribe(({ succeeded, failed, attempts, byTag }) => {
    console.log(`${String(succeeded)} answered, ${String(failed)} failed, ${String(attempts)} calls`, byTag);
    close();
    void flaky.close();
  });
