// Cheap first, then strong: the cheap deployment gets all that it has room for; the rest goes to two keys of the strong one, three to one.
import { toArray } from 'rxjs';
import { createRouter, openai } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders({ seed: 3, latency: { p50Ms: 40, p99Ms: 200 } });
const baseURL = `${simulated.url}/v1`;
const strong = { group: 'chat', order: 2 };
const { parallel$, snapshot, close } = createRouter({
  strategy: 'priority-order',
  deployments: [
    {
      id: 'cheap',
      group: 'chat',
      order: 1,
      maxParallel: 6,
      provider: openai({ model: 'gpt-5-nano', apiKey: 'simulated-key', baseURL }),
    },
    {
      ...strong,
      id: 'strong, key 1',
      weight: 3,
      provider: openai({ model: 'gpt-5', apiKey: 'simulated-key-1', baseURL }),
    },
    {
      ...strong,
      id: 'strong, key 2',
      weight: 1,
      provider: openai({ model: 'gpt-5', apiKey: 'simulated-key-2', baseURL }),
    },
  ],
});

const prompts = Array.from({ length: 100 }, (_, number) => `Name ${String(number + 1)} kinds of apple`);

parallel$(prompts, { concurrency: 10 })
  .pipe(toArray())
  .subscribe(() => {
    for (const { id, calls, msPerToken = 0 } of snapshot().deployments) {
      console.log(`${id}: ${String(calls)} answers, ${msPerToken.toFixed(1)} ms a token`);
    }
    close();
    void simulated.close();
  });
