// The same request, streamed, to three vendors in their own wire formats; what comes back has one shape. (The vendors are simulated.)
import { concat, map, reduce } from 'rxjs';
import { accumulate, anthropic, createRouter, gemini, openai, text, type CompletionRequest } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders({ seed: 2 });
const apiKey = 'simulated-key';
const router = createRouter({
  deployments: [
    { group: 'openai', provider: openai({ model: 'gpt-5-mini', apiKey, baseURL: `${simulated.url}/v1` }) },
    { group: 'anthropic', provider: anthropic({ model: 'claude-sonnet-5', apiKey, baseURL: simulated.url }) },
    { group: 'gemini', provider: gemini({ model: 'gemini-2.5-flash', apiKey, baseURL: simulated.url }) },
  ],
});

const request: CompletionRequest = {
  messages: [
    { role: 'system', content: 'You are brief.' },
    { role: 'user', content: 'Name a red fruit' },
  ],
  max_tokens: 40,
};

const models = ['openai', 'anthropic', 'gemini'];

// streamed or not, an answer is a row like any other
const rows$ = router
  .parallel$(
    models.map((model) => ({ ...request, model, stream: true })),
    { order: 'input' },
  )
  .pipe(
    map(({ deployment, outcome, usage }) => {
      const said = outcome._tag === 'Right' ? text(outcome.right) : outcome.left.message;
      return `${String(deployment)}: ${said} (${String(usage.totalTokens)} tokens)`;
    }),
  );

// or its chunks, as they come
const pieces$ = router.stream$({ ...request, model: 'anthropic' }).pipe(
  map((chunk) => chunk.choices[0]?.delta.content ?? ''),
  reduce((line, piece) => `${line}|${piece}`),
);

// or the chunks put together again
const whole$ = router.stream$({ ...request, model: 'gemini' }).pipe(
  accumulate(),
  map(({ model, choices }) => `${model} ended with ${choices[0].finish_reason}`),
);

concat(rows$, pieces$, whole$)
  .subscribe((line) => {
    console.log(line);
  })
  .add(() => {
    router.close();
    void simulated.close();
  });
