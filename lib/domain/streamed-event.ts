import type { CompletionChunk } from './chunk';
import type { Completion } from './completion';
import type { CompletionRequest } from './request';
import type { ParallelResult } from './result';

interface About<Req> {
  /** The request's place in the input, from 0. */
  readonly index: number;
  /** The very object that was given. */
  readonly request: Req;
}

/**
 * What happens to one of many streamed requests: `start` when a lane has taken it, a `chunk` for each piece of its answer, at last its
 * `result`, the row that `parallel$` would give. After a `restart` (`onStreamBreak: 'restart'`) its chunks so far are void.
 */
export type StreamedEvent<Req = CompletionRequest, Res = Completion> =
  | (About<Req> & { readonly type: 'start' })
  | (About<Req> & { readonly type: 'chunk'; readonly chunk: CompletionChunk })
  | (About<Req> & { readonly type: 'restart' })
  | (About<Req> & { readonly type: 'result'; readonly result: ParallelResult<Req, Res> });
