// A run that is left half-way goes on where it was: what is finished is written down before it is emitted, and is not paid for twice.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, take } from 'rxjs';
import { createRouter, openAICompatible, summarize } from 'rx-fanout';
import { fileJournal } from 'rx-fanout/node';
import { simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders({ latency: { p50Ms: 20, p99Ms: 80 } });
const provider = openAICompatible({ model: 'simulated', baseURL: `${simulated.url}/v1` });
const { parallel$, close } = createRouter({ deployments: [{ group: 'fast', provider }] });

const prompts = Array.from({ length: 100 }, (_, i) => `Is ${String(i)} a prime number?`);
const folder = mkdtempSync(join(tmpdir(), 'rx-fanout-'));
const options = { concurrency: 8, journal: fileJournal(join(folder, 'primes.jsonl')) };

const first = await lastValueFrom(parallel$(prompts, options).pipe(take(40), summarize()));
console.log(`first run: ${String(first.succeeded)} answered, then left`);

const second = await lastValueFrom(parallel$(prompts, options).pipe(summarize()));
console.log(`second run: ${String(second.succeeded)} answered, ${String(second.restored)} of them restored`);

const third = await lastValueFrom(parallel$(prompts, options).pipe(summarize()));
console.log(
  `third run: ${String(third.restored)} restored; the server saw ${String(simulated.stats().requests)} calls`,
);

close();
await simulated.close();
rmSync(folder, { recursive: true });
