import type { CompletionRequest } from '../domain/request';

/**
 * How a fake answers one call, `afterMs` after it was sent (absent or 0: at once, in the same tick):
 * a completion with this `text`; a stream of these `chunks`; a reply with this `status` and `body` (a JSON value; absent: an empty body);
 * or no whole reply: the connection is `reset` before the reply, `cut` in the middle of its body, or `hang`s until the caller gives up.
 *
 * A chunk is a piece of text, or an event as OpenAI sends it (`{ choices: […] }`, `{ error: … }`), `everyMs` after the one before.
 * Behind the last one come the end of the choice, unless an event had it, the usage and `[DONE]`; with `fail` the stream is `cut`
 * or `reset` instead, or `hang`s. To a call that asks for no stream the texts are given in one piece.
 */
export type FakeReply = { readonly afterMs?: number | undefined } & (
  | { readonly text: string }
  | {
      readonly chunks: readonly (string | object)[];
      readonly everyMs?: number | undefined;
      readonly fail?: 'reset' | 'hang' | 'cut' | undefined;
    }
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly body?: unknown;
    }
  | { readonly fail: 'reset' | 'hang' | 'cut' }
);

/**
 * One reply a call, in order, the last one for every call after it; or a function of what was sent (the vendor's body, so `model`
 * is `'fake'`) and the number of the call, from 0.
 */
export type FakeScript = readonly FakeReply[] | ((request: CompletionRequest, call: number) => FakeReply);
