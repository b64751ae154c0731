import * as E from 'fp-ts/Either';
import {
  asyncScheduler,
  concat,
  concatMap,
  defer,
  delay,
  EMPTY,
  from,
  NEVER,
  of,
  throwError,
  type Observable,
} from 'rxjs';
import { completionError } from '../domain/error';
import type { Reply, StreamEvent } from '../transport/transport';
import { estimateTokens } from './estimate-tokens';
import type { FakeReply } from './fake-reply';

type FakeStream = Extract<FakeReply, { readonly chunks: unknown }>;

/** What every chunk of one answer has in common. */
interface Marks {
  readonly id: string;
  readonly promptTokens: number;
}

/** A scripted stream as a transport would give it: a piece for each chunk, and with the last one all that belongs to the end. */
export function playChunks({ chunks, everyMs = 0, fail }: FakeStream, marks: Marks): Observable<Reply> {
  return defer(() => {
    const head = {
      id: marks.id,
      object: 'chat.completion.chunk',
      created: Math.floor(asyncScheduler.now() / 1000),
      model: 'fake',
    };
    const pieces = chunks.map((chunk) =>
      piece(typeof chunk === 'string' ? { ...head, choices: [said(chunk)] } : chunk),
    );
    const pieces$ = from(pieces).pipe(
      concatMap((each, i) => (i > 0 && everyMs > 0 ? of(each).pipe(delay(everyMs)) : of(each))),
    );
    return concat(pieces$, fail === undefined ? of(ending(chunks, head, marks)) : broken(fail));
  });
}

function said(content: string): object {
  return { index: 0, delta: { content }, finish_reason: null };
}

function ending(chunks: FakeStream['chunks'], head: object, { promptTokens }: Marks): Reply {
  const text = chunks.filter((chunk) => typeof chunk === 'string').join('');
  const completionTokens = estimateTokens(text);
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
  const stop = { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
  const hasEnded = chunks.some(
    (chunk) => typeof chunk === 'object' && JSON.stringify(chunk).includes('"finish_reason":"'),
  );
  return piece(...(hasEnded ? [] : [stop]), { ...head, choices: [], usage }, done);
}

/** `[DONE]`, as a transport gives what is no JSON. */
const done: StreamEvent = { type: 'message', data: E.left({ kind: 'not-json', text: '[DONE]' }) };
const noBody: Reply['body'] = E.left({ kind: 'empty', text: '' });

function piece(...events: readonly object[]): Reply {
  const all = events.map((event): StreamEvent => (event === done ? done : { type: 'message', data: E.right(event) }));
  return { status: 200, headers: {}, body: noBody, events: all };
}

function broken(fail: NonNullable<FakeStream['fail']>): Observable<never> {
  if (fail === 'hang') return NEVER;
  if (fail === 'cut') return EMPTY;
  return throwError(() => completionError({ _tag: 'Connection', code: 'ECONNRESET', provider: 'fake' }));
}
