import type { RouterConfig } from '../../lib/config/router-config';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeScript } from '../../lib/testing/index';
import { rowsOf } from '../support/rows-of';

function routerOf(scripts: readonly FakeScript[], rest: Partial<RouterConfig> = {}): FanoutRouter {
  const deployments = scripts.map((script, order) => {
    return { group: 'g', id: String(order), order, ...fakeProvider(script) };
  });
  return createRouter({ ...virtualTime, strategy: 'priority-order', deployments, ...rest });
}

const firstTries = (router: FanoutRouter) => router.snapshot().deployments.map((one) => one.firstTries);

describe('firstTries of a snapshot', () => {
  it('are quantiles of how long first tries were silent, of streams to their first content', () => {
    const router = routerOf([(_, call) => ({ afterMs: 10 * (call + 1), chunks: ['a', 'b'], everyMs: 500 })]);
    rowsOf(() => router.parallel$(Array<string>(40).fill('hi'), { concurrency: 1 }));
    expect(firstTries(router)).toEqual([{ p95Ms: 380, p97Ms: 390 }]);
    const streaming = routerOf([[{ afterMs: 70, chunks: ['a', 'b'], everyMs: 500 }]]);
    rowsOf(() => streaming.stream$('hi'));
    expect(firstTries(streaming)).toEqual([{ p95Ms: 70, p97Ms: 70 }]);
  });

  it('say nothing of retries, and of calls that failed or were left', () => {
    const router = routerOf([[{ afterMs: 5, status: 500 }], [{ afterMs: 30, text: 'ok' }]]);
    rowsOf(() => router.result$('hi'));
    expect(firstTries(router)).toEqual([undefined, undefined]);
  });

  it('know of one that was given up for its hedge that it was silent for at least so long, and nothing of the hedge', () => {
    const config = { hedge: { afterMs: 100 }, experimental: ['hedge'] } as const;
    const router = routerOf([[{ fail: 'hang' }], [{ afterMs: 30, text: 'ok' }]], config);
    rowsOf(() => router.result$('hi'));
    expect(firstTries(router)).toEqual([{ p95Ms: 130, p97Ms: 130 }, undefined]);
  });
});
