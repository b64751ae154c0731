import type { Reply } from './transport';

const whole = /^\s*((application|text)\/([\w.-]+\+)?json|text\/html|application\/xhtml\+xml)\s*(;|$)/i;

/**
 * Whether the reply to a call with `stream` is one. Servers that ignore the wish say JSON, and what stands before them HTML;
 * anything else, a wrong content type or none too, is read as events.
 */
export function isEventStream({ status, headers }: Pick<Reply, 'status' | 'headers'>): boolean {
  return status >= 200 && status < 300 && !whole.test(headers['content-type'] ?? '');
}
