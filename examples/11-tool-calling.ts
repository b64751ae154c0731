// The model asks for a function, the program calls it and hands back what it found; `expand` goes on until there is an answer.
import { EMPTY, expand, lastValueFrom, map, type Observable } from 'rxjs';
import { createRouter, openAICompatible, text, type Completion, type CompletionRequest, type Message } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders({ seed: 1 });
const provider = openAICompatible({ baseURL: `${simulated.url}/v1`, model: 'simulated' });
const { completion$, close } = createRouter({ deployments: [{ group: 'fast', provider }] });

const weather = (place: string): string => JSON.stringify({ place, degrees: 12, sky: 'rain' });

const question: CompletionRequest = {
  messages: [{ role: 'user', content: 'What is the weather in Bergen?' }],
  tools: [
    {
      type: 'function',
      function: {
        name: 'weather',
        description: 'The weather at a place now',
        parameters: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] },
      },
    },
  ],
};

interface Turn {
  readonly request: CompletionRequest;
  readonly answer: Completion;
}

function ask(request: CompletionRequest): Observable<Turn> {
  return completion$(request).pipe(map((answer) => ({ request, answer })));
}

function goOn({ request, answer }: Turn): Observable<Turn> {
  const { message } = answer.choices[0];
  if (message.tool_calls === undefined) return EMPTY;
  const results = message.tool_calls.map(({ id, function: { name, arguments: given } }): Message => {
    const { place } = JSON.parse(given) as { readonly place: string };
    console.log(`the model asks for ${name}(${place})`);
    return { role: 'tool', tool_call_id: id, content: weather(place) };
  });
  return ask({ ...request, messages: [...request.messages, message, ...results] });
}

const { answer } = await lastValueFrom(ask(question).pipe(expand(goOn)));
console.log(text(answer));
close();
await simulated.close();
