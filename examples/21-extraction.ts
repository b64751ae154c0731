// Typed data from twenty documents: the codec gives the schema that the vendor is sent, reads each answer, and types each row. What it does
// not take is asked again, with what was wrong. (The vendor is simulated, and reads no more of a conversation than its end.)
import { readFileSync } from 'node:fs';
import * as t from 'io-ts';
import { lastValueFrom, tap } from 'rxjs';
import { createRouter, openai, summarize, withOutput, type CompletionRequest } from 'rx-fanout';
import { simulateProviders } from 'rx-fanout/testing';
import { jsonSchemaOf } from 'rx-fanout/tokens';

/** Of the numbers that the schema allows, it takes those from 1 to 4. */
const Urgency = t.refinement(t.Int, (n) => n >= 1 && n <= 4, 'from 1 to 4');

const Report = t.type({
  city: t.string,
  topic: t.keyof({ billing: null, delivery: null, account: null, technical: null, quality: null, other: null }),
  mood: t.keyof({ positive: null, negative: null, neutral: null, mixed: null }),
  urgency: Urgency,
});
const json_schema = { name: 'report', schema: jsonSchemaOf(Report), strict: true };

interface Document {
  readonly id: string;
  readonly text: string;
}
const lines = readFileSync(new URL('documents/reports.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const requests = lines.map((line) => {
  const { id, text } = JSON.parse(line) as Document;
  return {
    messages: [
      { role: 'user', content: `Which city is it about, what, in which mood, and how urgent is it?\n\n${text}` },
    ],
    response_format: { type: 'json_schema', json_schema },
    metadata: { id },
  } satisfies CompletionRequest;
});

const simulated = await simulateProviders({ seed: 6, latency: { p50Ms: 30, p99Ms: 100 } });
const provider = openai({ model: 'gpt-5-mini', apiKey: 'simulated-key', baseURL: `${simulated.url}/v1` });
const { parallel$, close } = createRouter({ deployments: [{ group: 'fast', provider }] });

const rows$ = parallel$(requests, { output: withOutput(Report), order: 'input' });
const summary = await lastValueFrom(
  rows$.pipe(
    tap(({ request: { metadata }, outcome, attempts }) => {
      if (outcome._tag === 'Left') {
        console.log(`${metadata.id}  ${outcome.left.message}`);
        return;
      }
      const { city, topic, mood, urgency } = outcome.right.output;
      const asked = attempts.length > 1 ? `  asked ${String(attempts.length)} times` : '';
      console.log(`${metadata.id}  ${city.padEnd(12)}${topic.padEnd(11)}${mood.padEnd(10)}${String(urgency)}${asked}`);
    }),
    summarize(),
  ),
);
const { succeeded, total, attempts, retries } = summary;
console.log(`${String(succeeded)} of ${String(total)}, by ${String(attempts)} calls, ${String(retries)} to ask again`);

close();
await simulated.close();
