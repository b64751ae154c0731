import * as E from 'fp-ts/Either';
import { asyncScheduler, map, mergeMap, NEVER, of, throwError, timer, type Observable } from 'rxjs';
import { completionError } from '../domain/error';
import type { CompletionRequest } from '../domain/request';
import type { BodyProblem, Reply } from '../transport/transport';
import { chatCompletion } from './chat-completion';
import { estimateTokens } from './estimate-tokens';
import type { FakeReply } from './fake-reply';

const nothing: E.Either<BodyProblem, unknown> = E.left({ kind: 'empty', text: '' });

/** One scripted reply as a transport would give it: it emits once and completes, errors with `Connection`, or (`hang`) is silent. */
export function playReply(reply: FakeReply, request: CompletionRequest, call: number): Observable<Reply> {
  const { afterMs = 0 } = reply;
  const start$ = afterMs > 0 ? timer(afterMs) : of(0);
  if (!('fail' in reply)) return start$.pipe(map(() => toReply(reply, request, call)));
  if (reply.fail === 'hang') return NEVER;
  const code = reply.fail === 'reset' ? 'ECONNRESET' : 'ERR_BODY_CUT';
  return start$.pipe(mergeMap(() => throwError(() => completionError({ _tag: 'Connection', code, provider: 'fake' }))));
}

function toReply(reply: Exclude<FakeReply, { fail: unknown }>, request: CompletionRequest, call: number): Reply {
  if ('text' in reply) return { status: 200, headers: {}, body: E.right(completion(reply.text, request, call)) };
  const headers = Object.entries(reply.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    status: reply.status,
    headers: Object.fromEntries(headers),
    body: reply.body === undefined ? nothing : E.right(reply.body),
  };
}

function completion(text: string, request: CompletionRequest, call: number): unknown {
  return chatCompletion({
    id: `chatcmpl-fake-${String(call)}`,
    created: Math.floor(asyncScheduler.now() / 1000),
    model: 'fake',
    choices: [{ text, finish: 'stop' }],
    promptTokens: estimateTokens(JSON.stringify(request.messages)),
  });
}
