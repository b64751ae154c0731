import { asyncScheduler, defer, finalize, tap } from 'rxjs';
import type { CompletionRequest } from '../domain/request';
import { openAICompatible } from '../provider/openai/openai-compatible';
import type { Provider } from '../provider/provider';
import type { Call, Transport } from '../transport/transport';
import { shown } from '../domain/shown';
import { completionError } from '../domain/error';
import type { FakeReply, FakeScript } from './fake-reply';
import { playReply } from './play-reply';

/** One call that a fake received. */
export interface FakeCall {
  /** What was sent: the vendor's body. */
  readonly request: CompletionRequest;
  /** When it was sent (ms, on rxjs's clock: virtual inside `TestScheduler.run`). */
  readonly at: number;
  /** Absent while the call is in flight; `aborted`: the caller left before the reply. */
  readonly ended?: 'replied' | 'failed' | 'aborted';
}

/** A deployment's fields, to be spread; `calls` is not enumerable, so it stays out of the deployment. */
export interface FakeProvider {
  readonly provider: Provider;
  readonly transport: Transport;
  /** Every call so far, in the order of sending. */
  readonly calls: readonly FakeCall[];
}

/**
 * A deployment that answers from a script, without a network: bodies pass through the real OpenAI decoder, time is rxjs's timers.
 * Errors are classified as OpenAI's are. A script that throws, or gives no reply, is a `Defect`.
 *
 * @example
 * const fake = fakeProvider([{ status: 500 }, { afterMs: 20, text: 'a cherry' }]);
 * createRouter({ deployments: [{ group: 'fast', ...fake }] });
 */
export function fakeProvider(script: FakeScript): FakeProvider {
  if (typeof script !== 'function' && !(Array.isArray(script) && script.length > 0)) {
    throw new TypeError(
      `fakeProvider: the script must be a function, or a list of at least one reply, not ${shown(script)}`,
    );
  }
  const calls: { -readonly [K in keyof FakeCall]: FakeCall[K] }[] = [];
  const transport: Transport = (call) =>
    defer(() => {
      const entry: (typeof calls)[number] = { request: sent(call), at: asyncScheduler.now() };
      const number = calls.push(entry) - 1;
      return playReply(nextReply(script, entry.request, number), entry.request, number).pipe(
        tap({
          next: ({ events }) => {
            if (events === undefined) entry.ended = 'replied';
          },
          complete: () => (entry.ended = 'replied'),
          error: () => (entry.ended = 'failed'),
        }),
        finalize(() => (entry.ended ??= 'aborted')),
      );
    });
  const provider = openAICompatible({ name: 'fake', model: 'fake', baseURL: 'http://fake.invalid/v1' });
  return Object.defineProperty({ provider, transport, calls }, 'calls', { enumerable: false });
}

function sent(call: Call): CompletionRequest {
  return JSON.parse(call.body) as CompletionRequest; // written by our own provider from a request
}

function nextReply(script: FakeScript, request: CompletionRequest, call: number): FakeReply {
  const reply = typeof script === 'function' ? ask(script, request, call) : (script[call] ?? script.at(-1));
  if (reply === undefined) throw defect(`the fake's script gave no reply for call ${String(call)}`);
  return reply;
}

function ask(
  script: (request: CompletionRequest, call: number) => FakeReply | undefined,
  request: CompletionRequest,
  call: number,
): FakeReply | undefined {
  try {
    return script(request, call);
  } catch (thrown) {
    throw defect(`the fake's script threw: ${String(thrown)}`);
  }
}

function defect(detail: string): Error {
  return completionError({ _tag: 'Defect', provider: 'fake', detail });
}
