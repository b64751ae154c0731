import { readFileSync } from 'node:fs';
import type { CompletionRequest } from 'rx-fanout';

/** A customer's words, as they stand in `examples/data/feedback.jsonl`. */
export interface Feedback {
  readonly id: string;
  readonly kind: 'review' | 'ticket';
  readonly text: string;
}

/** A request for each of the first `limit` texts. `metadata` is not sent: it comes back on the row. */
export function feedbackRequests(limit: number): readonly (CompletionRequest & { readonly metadata: Feedback })[] {
  return readFileSync(new URL('../data/feedback.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(0, limit)
    .map((line) => JSON.parse(line) as Feedback)
    .map((feedback) => ({
      messages: [{ role: 'user', content: `${task(feedback)}\n\n${feedback.text}` }],
      response_format: { type: 'json_object' },
      metadata: feedback,
    }));
}

function task({ kind }: Feedback): string {
  return (
    `Summarise this customer ${kind} in one sentence, name its category and its sentiment. ` +
    'Answer as a JSON object with the fields summary, category and sentiment.'
  );
}
