import { createRouter, openAICompatible, type FanoutRouter, type RouterConfig } from 'rx-fanout';

export { text, toAsyncIterable } from 'rx-fanout';
export { default as axios } from 'axios';
export { allOf } from '../support/all-of';

/** A router as an application has one: to a server that keeps the key. */
export function routerTo(origin: string, config: Partial<RouterConfig> = {}): FanoutRouter {
  const provider = openAICompatible({ model: 'm', baseURL: `${origin}/v1` });
  return createRouter({ deployments: [{ group: 'g', provider }], ...config });
}

/** A request that is answered whole, or as a stream. */
export function asking(content: string, stream = false) {
  return { messages: [{ role: 'user' as const, content }], stream };
}

/** What a page keeps from one step of a spec to the next. */
export const kept: { answered: number; indices: number[]; heard: string; ended?: unknown; leave: () => void } = {
  answered: 0,
  indices: [],
  heard: '',
  leave: () => undefined,
};
