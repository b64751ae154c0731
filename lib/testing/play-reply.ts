import * as E from 'fp-ts/Either';
import { asyncScheduler, map, mergeMap, NEVER, of, throwError, timer, type Observable } from 'rxjs';
import { completionError } from '../domain/error';
import type { CompletionRequest } from '../domain/request';
import type { BodyProblem, Reply } from '../transport/transport';
import { chatCompletion } from './chat-completion';
import { estimateTokens } from './estimate-tokens';
import type { FakeReply } from './fake-reply';
import { playChunks } from './play-chunks';

const nothing: E.Either<BodyProblem, unknown> = E.left({ kind: 'empty', text: '' });

/** One scripted reply as a transport would give it: whole or in pieces, as the call asks for it; or it errors with `Connection`, or (`hang`) is silent. */
export function playReply(reply: FakeReply, request: CompletionRequest, call: number): Observable<Reply> {
  const { afterMs = 0 } = reply;
  const start$ = afterMs > 0 ? timer(afterMs) : of(0);
  if ('text' in reply || 'chunks' in reply) {
    const stream = 'chunks' in reply ? reply : { chunks: [reply.text] };
    const marks = {
      id: `chatcmpl-fake-${String(call)}`,
      promptTokens: estimateTokens(JSON.stringify(request.messages)),
    };
    return start$.pipe(
      mergeMap(() => (request.stream === true ? playChunks(stream, marks) : of(completion(stream.chunks, marks)))),
    );
  }
  if (!('fail' in reply)) return start$.pipe(map(() => toReply(reply)));
  if (reply.fail === 'hang') return NEVER;
  const code = reply.fail === 'reset' ? 'ECONNRESET' : 'ERR_BODY_CUT';
  return start$.pipe(mergeMap(() => throwError(() => completionError({ _tag: 'Connection', code, provider: 'fake' }))));
}

function toReply({ status, headers, body }: Extract<FakeReply, { readonly status: number }>): Reply {
  const lowered = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { status, headers: Object.fromEntries(lowered), body: body === undefined ? nothing : E.right(body) };
}

function completion(chunks: readonly unknown[], marks: { readonly id: string; readonly promptTokens: number }): Reply {
  const text = chunks.filter((chunk) => typeof chunk === 'string').join('');
  const said = {
    ...marks,
    created: Math.floor(asyncScheduler.now() / 1000),
    model: 'fake',
    choices: [{ text, finish: 'stop' as const }],
  };
  return { status: 200, headers: {}, body: E.right(chatCompletion(said)) };
}
