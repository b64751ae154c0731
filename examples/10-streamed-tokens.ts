// Five answers at once, three at a time, each drawn on a line of its own while it is written. Without a terminal: each line when it is done.
import logUpdate from 'log-update';
import { createRouter, openAICompatible, type StreamedEvent } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';

const simulated = await simulateProviders({ seed: 4, latency: { p50Ms: 300, p99Ms: 900, perTokenMs: 25 } });
const provider = openAICompatible({ baseURL: `${simulated.url}/v1`, model: 'simulated' });
const { parallelStream$, close } = createRouter({ deployments: [{ group: 'fast', provider }] });

const prompts = ['apples', 'lighthouses', 'old bicycles', 'the night train', 'rain on a tin roof'].map(
  (subject) => `Tell me of ${subject}`,
);
const lines = prompts.map(() => ({ mark: ' ', text: '' }));

function note(event: StreamedEvent<string>): void {
  const line = lines[event.index];
  if (line === undefined) return;
  if (event.type === 'start') line.mark = '…';
  else if (event.type === 'chunk') line.text += event.chunk.choices[0]?.delta.content ?? '';
  else if (event.type === 'restart') line.text = '';
  else line.mark = event.result.outcome._tag === 'Right' ? '✓' : '✗';
}

function show({ index, type }: StreamedEvent<string>): void {
  const width = (process.stdout.columns || 80) - 4;
  const drawn = lines.map(({ mark, text }) => `${mark} ${text.length > width ? `…${text.slice(1 - width)}` : text}`);
  if (process.stdout.isTTY) logUpdate(drawn.join('\n'));
  else if (type === 'result') console.log(`${lines[index]?.mark ?? ''} ${lines[index]?.text ?? ''}`);
}

parallelStream$(prompts, { concurrency: 3 })
  .subscribe((event) => {
    note(event);
    show(event);
  })
  .add(() => {
    logUpdate.done();
    close();
    void simulated.close();
  });
