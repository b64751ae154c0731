import type { CompletionRequest } from '../domain/request';

/**
 * How a fake answers one call, `afterMs` after it was sent (absent or 0: at once, in the same tick):
 * a completion with this `text`; a reply with this `status` and `body` (a JSON value; absent: an empty body);
 * or no whole reply: the connection is `reset` before the reply, `cut` in the middle of its body, or `hang`s until the caller gives up.
 */
export type FakeReply = { readonly afterMs?: number | undefined } & (
  | { readonly text: string }
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
