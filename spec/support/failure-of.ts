import { inspect } from 'node:util';
import type { Observable } from 'rxjs';
import { isCompletionError, type CompletionError } from '../../lib/domain/error';
import type { Reply } from '../../lib/transport/transport';
import { canaryKey, canaryPrompt } from './call-to';
import { oneReply } from './one-reply';

/** The `CompletionError` with which a call ends; fails when it ends otherwise, or when the error shows a canary in any way of printing it. */
export async function failureOf(reply$: Observable<Reply>): Promise<CompletionError> {
  const error: unknown = await oneReply(reply$).then(
    (reply) => {
      throw new Error(`expected a failure, got ${inspect(reply)}`);
    },
    (reason: unknown) => reason,
  );
  if (!isCompletionError(error)) throw error;
  const shown = [error.message, error.stack, JSON.stringify(error), inspect(error, { depth: 12, showHidden: true })];
  for (const canary of [canaryKey, canaryPrompt]) expect(shown.join()).not.toContain(canary);
  expect(error.cause).toBeUndefined();
  return error;
}
