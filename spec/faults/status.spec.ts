import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeProvider, type FakeReply } from '../../lib/testing/index';
import { allOf } from '../support/all-of';
import { brief } from '../support/brief';
import { cpuClock } from '../support/cpu-clock';
import { rowsOf } from '../support/rows-of';

const counted = (rows: readonly Parameters<typeof brief>[0][]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[brief(row)] = (counts[brief(row)] ?? 0) + 1;
  return counts;
};
const routerOf = (...fakes: readonly FakeProvider[]): FanoutRouter =>
  createRouter({ ...virtualTime, deployments: fakes.map((fake) => ({ group: 'fake', ...fake })) });
const failing: FakeReply = { status: 500, afterMs: 10 };

describe('a provider that always fails', () => {
  it.each([
    [10_000, 64],
    [2000, 8],
    [2000, 1000],
  ])(
    'costs a call a request and the retry budget, and the run ends: %i requests, concurrency %i',
    (requests, concurrency) => {
      const fake = fakeProvider([failing]);
      const router = routerOf(fake);
      const rows = rowsOf(() => router.parallel$(Array(requests).fill('hello'), { concurrency }));
      expect(rows).toHaveLength(requests);
      expect(rows.every(({ outcome }) => outcome._tag === 'Left')).toBe(true);
      expect(fake.calls.length).toBeLessThanOrEqual(requests + 36);
      expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0 }] });
    },
  );

  it('costs no more in a group of three', () => {
    const fakes = [0, 1, 2].map(() => fakeProvider([failing]));
    const rows = rowsOf(() => routerOf(...fakes).parallel$(Array(10_000).fill('hello'), { concurrency: 64 }));
    expect(rows.every(({ outcome }) => outcome._tag === 'Left')).toBe(true);
    expect(fakes.reduce((sum, { calls }) => sum + calls.length, 0)).toBeLessThan(1000); // they are left alone
  });

  it('and a fallback that always fails, too, cost a call of each a request until they are left alone, and the retry budget', () => {
    const fakes = [fakeProvider([failing]), fakeProvider([failing])];
    const router = createRouter({
      ...virtualTime,
      deployments: fakes.map((fake, i) => ({ group: 'ab'.charAt(i), ...fake })),
      defaultModel: 'a',
      fallbacks: { a: ['b'] },
      budget: { requests: 100_000 },
    });
    const rows = rowsOf(() => router.parallel$(Array(10_000).fill('hello'), { concurrency: 64 }));
    expect(rows.every(({ outcome }) => outcome._tag === 'Left')).toBe(true);
    expect(fakes.reduce((sum, { calls }) => sum + calls.length, 0)).toBeLessThanOrEqual(2 * (1000 + 64) + 36);
    expect(router.snapshot()).toMatchObject({ waiting: 0, budget: { reserved: { requests: 0 } } });
  });

  it('gives the budget back as it recovers', () => {
    const fake = fakeProvider((_, call) => (call < 40 ? { status: 500 } : { text: 'ok' }));
    const router = routerOf(fake);
    rowsOf(() => router.parallel$(Array(20).fill('hello'), { concurrency: 20 }));
    const spent = router.snapshot().retryBudget;
    expect(spent).toBeLessThan(500);
    rowsOf(() => router.parallel$(Array(1000).fill('hello')));
    expect(router.snapshot().retryBudget).toBe(500);
  });
});

describe('a wrong key on every deployment', () => {
  it('ends the run at once, with a few calls', () => {
    const fakes = [0, 1, 2].map(() => fakeProvider([{ status: 401, afterMs: 10 }]));
    const tookMs = cpuClock();
    const rows = rowsOf(() => routerOf(...fakes).parallel$(Array(10_000).fill('hello'), { concurrency: 8 }));
    expect(counted(rows)).toEqual({ '!Authentication': 10_000 });
    expect(fakes.reduce((sum, { calls }) => sum + calls.length, 0)).toBeLessThanOrEqual(3 * 8);
    expect(Math.max(...fakes.flatMap(({ calls }) => calls.map(({ at }) => at)))).toBeLessThanOrEqual(20);
    expect(Math.max(...rows.map(({ timing }) => timing.elapsedMs))).toBeLessThanOrEqual(30);
    expect(tookMs()).toBeLessThan(10_000);
  });

  it('is told of each, the one that was tried last by its deployment', () => {
    const fakes = [0, 1].map(() => fakeProvider([{ status: 401, afterMs: 10 }]));
    const [first, second] = rowsOf(() => routerOf(...fakes).parallel$(['one', 'two'], { concurrency: 1 }));
    expect(first?.outcome).toMatchObject({
      left: { _tag: 'Authentication', deployment: 'fake/fake/fake-2', status: 401 },
    });
    expect(first?.attempts).toHaveLength(2);
    expect(second?.outcome).toMatchObject({
      left: { _tag: 'Authentication', deployment: 'fake/fake/fake-2', attempts: [] },
    });
  });

  it('on one deployment costs nothing where another works', () => {
    const [wrong, right] = [fakeProvider([{ status: 401 }]), fakeProvider([{ text: 'ok' }])];
    const rows = rowsOf(() => routerOf(wrong, right).parallel$(Array(100).fill('hello')));
    expect(counted(rows)).toEqual({ ok: 100 });
    expect(wrong.calls).toHaveLength(1);
  });
});

describe('over HTTP', () => {
  let server: Server;
  let router: FanoutRouter | undefined;
  const arrivals: number[] = [];
  let reply: (at: number) => { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

  beforeEach(async () => {
    arrivals.length = 0;
    server = createServer((request, response) => {
      request.resume().on('end', () => {
        const at = performance.now();
        arrivals.push(at);
        const { status, headers } = reply(at);
        const body = {
          id: 'c',
          model: 'm',
          created: 1,
          choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
        };
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(status === 200 ? body : { error: { message: 'no' } }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    router?.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const made = (): FanoutRouter => {
    const baseURL = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`;
    return (router = createRouter({
      deployments: [{ group: 'http', provider: openAICompatible({ baseURL, model: 'm' }) }],
    }));
  };

  it('a storm of 429s for 3 s costs time, not failures', async () => {
    const started = performance.now();
    reply = (at) => (at - started < 3000 ? { status: 429, headers: { 'retry-after': '1' } } : { status: 200 });
    const rows = await allOf(made().parallel$(Array(1000).fill('hello'), { concurrency: 50 }));
    expect(counted(rows)).toEqual({ ok: 1000 });
    expect(arrivals.filter((at) => at - started < 3000).length).toBeLessThanOrEqual(4 * 50);
  });

  it.each([400, 401, 403, 404, 413, 422])('%i is one request', async (status) => {
    reply = () => ({ status });
    const [row] = await allOf(made().result$('hello'));
    expect(row?.outcome).toMatchObject({ left: { status } });
    expect(arrivals).toHaveLength(1);
  });

  it.each([408, 409, 500, 502, 503, 504])('%i is three requests', async (status) => {
    reply = () => ({ status, headers: { 'retry-after-ms': '1' } });
    const [row] = await allOf(made().result$('hello'));
    expect(row?.outcome).toMatchObject({ left: { _tag: 'ServerError', status } });
    expect(arrivals).toHaveLength(3);
  });

  it.each([429, 529])('%i is eleven requests', async (status) => {
    reply = () => ({ status, headers: { 'retry-after-ms': '1' } });
    const [row] = await allOf(made().result$('hello'));
    expect(row?.outcome).toMatchObject({ left: { status } });
    expect(arrivals).toHaveLength(11);
  });
});
