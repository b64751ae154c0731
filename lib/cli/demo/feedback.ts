import { readFile } from 'node:fs/promises';
import type { CompletionRequest } from '../../index';

/** A customer's words, as they stand in `examples/data/feedback.jsonl`. */
export interface Feedback {
  readonly id: string;
  readonly kind: 'review' | 'ticket';
  readonly text: string;
}

export type FeedbackRequest = CompletionRequest & { readonly metadata: Feedback };

/** A request for each of the first `limit` texts of the file. `metadata` is not sent: it comes back on the row. */
export async function feedbackRequests(file: URL, limit: number): Promise<readonly FeedbackRequest[]> {
  const text = await readFile(file, 'utf8');
  return text
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
