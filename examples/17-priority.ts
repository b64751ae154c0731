// Somebody who is waiting overtakes a batch in the line: 0 is served first, 5 is the default. What is under way is not interrupted.
import { interval, mergeMap, reduce, take, tap } from 'rxjs';
import { createRouter, openai } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders({ seed: 1, latency: { p50Ms: 100, p99Ms: 300 } });
const provider = openai({ model: 'gpt-5-mini', apiKey: 'simulated-key', baseURL: `${simulated.url}/v1` });
const { parallel$, result$, snapshot, close } = createRouter({
  deployments: [{ group: 'chat', provider, maxParallel: 2 }],
});

const batch = Array.from({ length: 40 }, (_, number) => `Summarize chapter ${String(number + 1)}`);
const question = { messages: [{ role: 'user', content: 'Name a red fruit' }], routing: { priority: 0 } } as const;

parallel$(batch, { concurrency: Infinity })
  .pipe(reduce((longest, { timing }) => Math.max(longest, timing.queuedMs), 0))
  .subscribe((longestMs) => {
    console.log(`the batch is done; its last request waited ${longestMs.toFixed(0)} ms`);
    close();
    void simulated.close();
  });

interval(300)
  .pipe(
    take(3),
    tap(() => {
      console.log(`${String(snapshot().waiting)} wait; a question comes`);
    }),
    mergeMap(() => result$(question)),
  )
  .subscribe(({ timing: { queuedMs, elapsedMs } }) => {
    console.log(`answered after ${elapsedMs.toFixed(0)} ms, of which ${queuedMs.toFixed(0)} in the line`);
  });
