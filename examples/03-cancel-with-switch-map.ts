// A new search cancels the old one: switchMap unsubscribes, the sockets are closed, nothing more is sent or paid for.
import { concat, delay, of, switchMap } from 'rxjs';
import { createRouter, openAICompatible, text } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders({ latency: { p50Ms: 200, p99Ms: 400 } });
const provider = openAICompatible({ model: 'simulated', baseURL: `${simulated.url}/v1` });
const { parallel$, close } = createRouter({ deployments: [{ group: 'fast', provider }] });

const searches$ = concat(of('cats'), of('caterpillars').pipe(delay(50)));
const questions = (animal: string): string[] => [`What do ${animal} eat?`, `Where do ${animal} sleep?`];

searches$.pipe(switchMap((animal) => parallel$(questions(animal)))).subscribe({
  next: ({ request, outcome }) => {
    console.log(`${request} ${outcome._tag === 'Right' ? text(outcome.right) : outcome.left.message}`);
  },
  complete: () => {
    const { requests, aborted } = simulated.stats();
    console.log(`the server saw ${String(requests)} calls; ${String(aborted)} of them were cut off`);
    close();
    void simulated.close();
  },
});
