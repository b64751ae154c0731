// Too long for a small window: on to a large one. A window that the configuration knows costs no call; one that it does not, one refused call.
import { createRouter, openai, type CompletionRequest } from 'rx-fanout';
import { fakeProvider, simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders({ seed: 1 });
const baseURL = `${simulated.url}/v1`;
const refusal = { code: 'context_length_exceeded', message: "This model's maximum context length is 1000 tokens." };
const { parallel$, events$, close } = createRouter({
  deployments: [
    {
      group: 'small',
      contextWindow: 1000,
      provider: openai({ model: 'gpt-small', apiKey: 'simulated-key', baseURL }),
    },
    { group: 'unknown', ...fakeProvider([{ status: 400, body: { error: refusal } }]) },
    { group: 'large', provider: openai({ model: 'gpt-large', apiKey: 'simulated-key', baseURL }) },
  ],
  contextWindowFallbacks: { '*': ['large'] },
});

events$.subscribe((event) => {
  if (event.type === 'fallback-taken')
    console.log(`#${String(event.index)} ${event.group} → ${event.to}: ${event.tag}`);
});

const ask = (model: string, content: string): CompletionRequest => ({ model, messages: [{ role: 'user', content }] });
const book = 'It was the best of times, it was the worst of times. '.repeat(100);

parallel$([ask('small', 'Name a red fruit'), ask('small', book), ask('unknown', book)], { order: 'input' })
  .subscribe(({ index, attempts }) => {
    console.log(`#${String(index)}`, ...attempts.map(({ deployment, ended }) => `${deployment} ${ended}`));
  })
  .add(() => {
    close();
    void simulated.close();
  });
