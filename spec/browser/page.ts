import type { Subscription } from 'rxjs';
import {
  createRouter,
  openAICompatible,
  type CompletionChunk,
  type CompletionRequest,
  type FanoutRouter,
  type RouterConfig,
} from 'rx-fanout';

export { text, toAsyncIterable } from 'rx-fanout';
export { default as axios } from 'axios';
export { allOf } from '../support/all-of';

/** A router as an application has one: to a server that keeps the key. */
export function routerTo(origin: string, config: Partial<RouterConfig> = {}, maxParallel?: number): FanoutRouter {
  const provider = openAICompatible({ model: 'm', baseURL: `${origin}/v1` });
  return createRouter({ deployments: [{ group: 'g', provider, maxParallel }], ...config });
}

/** A request that is answered whole, or as a stream. */
export function asking(content: string, stream: boolean): CompletionRequest {
  return { messages: [{ role: 'user', content }], stream };
}

/** What a page keeps from one step of a spec to the next. */
export const kept: {
  running?: Subscription;
  snapshot?: FanoutRouter['snapshot'];
  chunks?: AsyncIterator<CompletionChunk>;
  answered: number;
  readonly indices: number[];
  /** The requests of which something has been heard, by index. */
  readonly begun: Set<number>;
  heard: string;
  /** Before a call was made again (ms). */
  readonly waits: number[];
  ended?: unknown;
} = { answered: 0, indices: [], begun: new Set(), heard: '', waits: [] };

// As the program of a worker, which has no document: it is told what to ask, and says how that went.
if (!('document' in globalThis)) {
  addEventListener('message', ({ data }) => {
    routerTo(location.origin)
      .result$(String(data))
      .subscribe(({ outcome }) => {
        postMessage(outcome._tag);
      });
  });
}
