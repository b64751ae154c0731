// A fastest-of-two race: the first answer counts, the other call is cut off, and both are accounted. Then every question to both, side by side.
import { concat, map } from 'rxjs';
import { createRouter, openai, text, type ParallelResult } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const quick = await simulateProviders({ seed: 1, latency: { p50Ms: 50, p99Ms: 900 } });
const steady = await simulateProviders({ seed: 2, latency: { p50Ms: 110, p99Ms: 120 } });
const at = (url: string) => openai({ model: 'gpt-5-mini', apiKey: 'simulated-key', baseURL: `${url}/v1` });
const { race$, ensemble$, close } = createRouter({
  deployments: [
    { group: 'quick', provider: at(quick.url), price: { input: 0.25, output: 2 } },
    { group: 'steady', provider: at(steady.url), price: { input: 0.25, output: 2 } },
  ],
});

const groups = ['quick', 'steady'];
const questions = ['Name a red fruit', 'Name a blue fish', 'Name a green bird'];
const said = ({ group, outcome }: ParallelResult<string>): string =>
  `${String(group)}: ${outcome._tag === 'Right' ? text(outcome.right) : outcome.left.message}`;

const races$ = concat(...questions.map((question) => race$(question, { groups }))).pipe(
  map((row) => {
    const calls = row.attempts.map(({ deployment, ended }) => `${deployment} ${ended}`).join(', ');
    return `${row.request}? ${said(row)} (${calls}; ${((row.cost ?? 0) * 100).toFixed(3)} cents)`;
  }),
);
const sideBySide$ = ensemble$(questions, { groups, order: 'input' }).pipe(
  map((row) => `${String(row.index)} ${said(row)}`),
);

concat(races$, sideBySide$)
  .subscribe((line) => {
    console.log(line);
  })
  .add(() => {
    close();
    void quick.close();
    void steady.close();
  });
