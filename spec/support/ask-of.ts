import type { Ask } from '../../lib/plan/choose';

/** What a request asks that has been nowhere yet. */
export function askOf(ask: Partial<Ask> = {}): Ask {
  return {
    request: { messages: [] },
    streamed: false,
    only: undefined,
    star: undefined,
    tags: undefined,
    refusedBy: new Set(),
    estimate: { input: 0, output: undefined, answers: 1 },
    spendings: [],
    excluded: new Set(),
    tried: new Set(),
    notBefore: new Map(),
    deadline: Infinity,
    hasFallback: false,
    ...ask,
  };
}
