// A million prompts, made as they are needed: at most `concurrency` are taken ahead of finished ones, so memory stays flat
// and whoever has seen enough may leave. The same holds for an async generator that reads a file or a database.
import { count, take } from 'rxjs';
import { createRouter, openAICompatible, successes } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders();
const provider = openAICompatible({ model: 'simulated', baseURL: `${simulated.url}/v1` });
const { parallel$, close } = createRouter({ deployments: [{ group: 'fast', provider }] });

let made = 0;
function* prompts(): Generator<string> {
  for (let number = 1; number <= 1_000_000; number++) {
    made++;
    yield `Is ${String(number)} a prime number?`;
  }
}

parallel$(prompts(), { concurrency: 16 })
  .pipe(successes(), take(1000), count())
  .subscribe((answered) => {
    console.log(`${String(answered)} answers taken, ${String(made)} of a million prompts made`);
    close();
    void simulated.close();
  });
