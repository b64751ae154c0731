// Two keys with different limits: each gets what it may have, whatever the concurrency, and whichever run asks. snapshot() shows what is left.
import { interval, map, merge, takeUntil } from 'rxjs';
import { createRouter, openai, summarize } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const [large, small] = await Promise.all([
  simulateProviders({ seed: 1, latency: { p50Ms: 40, p99Ms: 200 }, rateLimit: { rps: 20, burst: 130 } }),
  simulateProviders({ seed: 2, latency: { p50Ms: 40, p99Ms: 200 }, rateLimit: { rps: 10, burst: 65 } }),
]);
const { parallel$, snapshot, close } = createRouter({
  deployments: [
    {
      group: 'fast',
      id: 'key 1',
      rpm: 1200,
      provider: openai({ model: 'gpt-5-mini', apiKey: 'simulated-key-1', baseURL: `${large.url}/v1` }),
    },
    {
      group: 'fast',
      id: 'key 2',
      rpm: 600,
      provider: openai({ model: 'gpt-5-mini', apiKey: 'simulated-key-2', baseURL: `${small.url}/v1` }),
    },
  ],
});

const pears = Array.from({ length: 120 }, (_, number) => `Name ${String(number + 1)} kinds of pear`);
const plums = Array.from({ length: 120 }, (_, number) => `Name ${String(number + 1)} kinds of plum`);

const rows$ = merge(parallel$(pears, { concurrency: 64 }), parallel$(plums, { concurrency: 64 }));

interval(500)
  .pipe(
    map(() => snapshot().deployments.map(({ id, limits }) => `${id}: ${String(limits?.rpmLeft)} left`)),
    takeUntil(rows$.pipe(summarize())),
  )
  .subscribe((left) => {
    console.log(left.join(', '));
  })
  .add(() => {
    for (const { id, calls, throttled } of snapshot().deployments) {
      console.log(`${id}: ${String(calls)} calls, ${String(throttled)} refused`);
    }
    close();
    void large.close();
    void small.close();
  });
