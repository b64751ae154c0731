// Where the rest of the program speaks promises. A slow reader of `for await` pauses the fan-out; `break` cancels it.
import { firstValueFrom } from 'rxjs';
import { createRouter, openAICompatible, text, toAsyncIterable } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders({ latency: { p50Ms: 50, p99Ms: 300 } });
const provider = openAICompatible({ model: 'simulated', baseURL: `${simulated.url}/v1` });
const { completion$, gather$, parallel$, close } = createRouter({ deployments: [{ group: 'fast', provider }] });

const one = await firstValueFrom(completion$('Name a red fruit')); // rejects with the CompletionError of a failure
console.log(text(one));

const rows = await firstValueFrom(gather$(['Name a blue fish', 'Name a green bird']));
console.log(`${String(rows.length)} rows, in input order`);

for await (const { index, outcome } of toAsyncIterable(parallel$(['Name a star', 'Name a river', 'Name a city']))) {
  console.log(index, outcome._tag === 'Right' ? text(outcome.right) : outcome.left.message);
  if (index === 1) break;
}

close();
await simulated.close();
