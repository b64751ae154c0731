// What the OpenAI cookbook's api_request_parallel_processor.py does, requests from a file within limits of requests and tokens a minute, with what
// it has not: several deployments, a budget, equal requests sent once, and a run that goes on where it was.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom } from 'rxjs';
import { createRouter, openAICompatible, summarize } from 'rx-fanout';
import { fileJournal, readBatch } from 'rx-fanout/node';
import { simulateProviders } from 'rx-fanout/testing';

const folder = mkdtempSync(join(tmpdir(), 'rx-fanout-'));
const input = join(folder, 'requests.jsonl');
const request = (i: number) => ({
  messages: [{ role: 'user', content: `Is ${String(i % 25)} prime?` }],
  max_tokens: 10,
});
writeFileSync(input, Array.from({ length: 50 }, (_, i) => `${JSON.stringify(request(i))}\n`).join(''));

const simulated = await simulateProviders({ latency: { p50Ms: 30, p99Ms: 100 } });
const deployment = (model: string) => ({
  group: 'fast',
  provider: openAICompatible({ model, baseURL: `${simulated.url}/v1` }),
  rpm: 3000, // --max_requests_per_minute
  tpm: 250_000, // --max_tokens_per_minute
  price: { input: 0.25, output: 2 },
});
const { parallel$, close } = createRouter({ deployments: [deployment('one'), deployment('two')], maxRetries: 4 });

const summary = await lastValueFrom(
  parallel$(readBatch(input), {
    concurrency: 50,
    journal: fileJournal(join(folder, 'answers.jsonl')),
    budget: { usd: 1 },
    dedupe: true,
    progress: ({ done, perSecond }) => {
      if (done % 25 === 0 && done > 0) console.log(`${String(done)} done, ${perSecond.toFixed(0)} a second`);
    },
  }).pipe(summarize()),
);
const { succeeded, shared, cost = 0, ledger } = summary;
console.log(`${String(succeeded)} answered, ${String(shared)} of them by another's call, for $${cost.toFixed(5)}`);
console.log(`${String(ledger.completed.calls)} calls, ${String(ledger.completed.usage.totalTokens)} tokens`);

close();
await simulated.close();
rmSync(folder, { recursive: true });
