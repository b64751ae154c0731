import type { StreamPart } from './wire-format';

/** One event of a `text/event-stream`, its data as JSON; without a type it is a `message`. `said` is the text of the answer in it. */
export function serverSentEvent(data: unknown, said = '', type?: string): StreamPart {
  const head = type === undefined ? '' : `event: ${type}\n`;
  return { text: `${head}data: ${JSON.stringify(data)}\n\n`, tokens: said.length / 4 };
}
