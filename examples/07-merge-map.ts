// `completion$` is an ordinary Observable: it composes with what rxjs has. Here two steps for each topic, two topics at a time.
import { catchError, from, map, mergeMap, of } from 'rxjs';
import { createRouter, isCompletionError, openAICompatible, text } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders({ latency: { p50Ms: 50, p99Ms: 300 } });
const provider = openAICompatible({ model: 'simulated', baseURL: `${simulated.url}/v1` });
const { completion$, close } = createRouter({ deployments: [{ group: 'fast', provider }] });

const essay = (topic: string) =>
  completion$(`Write an outline about ${topic}`).pipe(
    mergeMap((outline) => completion$(`Write an essay about ${topic} from this outline: ${text(outline)}`)),
    map((answer) => `${topic}: ${text(answer)}`),
    catchError((error: unknown) => of(`${topic}: failed, ${isCompletionError(error) ? error._tag : 'unknown'}`)),
  );

from(['tides', 'comets', 'glaciers'])
  .pipe(mergeMap(essay, 2))
  .subscribe({
    next: (line) => {
      console.log(line);
    },
    complete: () => {
      close();
      void simulated.close();
    },
  });
