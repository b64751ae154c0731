// A file that was made for OpenAI's Batch API, now instead of tomorrow: the same lines go in, the same lines come out, and the output is its own
// journal. (`rx-fanout run batch.jsonl -o output.jsonl` does this without a program.)
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom } from 'rxjs';
import { createRouter, openAICompatible, summarize } from 'rx-fanout';
import { batchJournal, readBatch } from 'rx-fanout/node';
import { simulateProviders } from 'rx-fanout/testing';

const folder = mkdtempSync(join(tmpdir(), 'rx-fanout-'));
const [input, output] = [join(folder, 'batch.jsonl'), join(folder, 'output.jsonl')];
const lineOf = (fruit: string): string =>
  JSON.stringify({
    custom_id: fruit,
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: `Describe a ${fruit}` }], max_tokens: 20 },
  });
writeFileSync(input, `${['apple', 'cherry', 'plum'].map(lineOf).join('\n')}\nthis line is not JSON\n`);

const simulated = await simulateProviders();
// A wildcard group serves whatever model the lines name.
const provider = openAICompatible({ model: '*', baseURL: `${simulated.url}/v1` });
const { parallel$, close } = createRouter({ deployments: [{ group: '*', provider }] });

const run$ = parallel$(readBatch(input), { concurrency: 64, journal: batchJournal(output) });
const { succeeded, failed } = await lastValueFrom(run$.pipe(summarize()));
console.log(`${String(succeeded)} answered, ${String(failed)} failed`);

for (const line of readFileSync(output, 'utf8').trim().split('\n')) {
  const { custom_id, response, error } = JSON.parse(line) as {
    custom_id: string;
    response: { body: { choices: { message: { content: string } }[] } } | null;
    error: { message: string } | null;
  };
  console.log(`${custom_id}: ${response?.body.choices[0]?.message.content ?? error?.message ?? ''}`);
}

close();
await simulated.close();
rmSync(folder, { recursive: true });
