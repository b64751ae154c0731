import { ConfigError } from '../../lib/config/config-error';
import type { Deployment, RouterConfig } from '../../lib/config/router-config';
import type { PriceTable } from '../../lib/domain/price';
import type { CompletionRequest } from '../../lib/domain/request';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import type { Candidate } from '../../lib/plan/strategies/candidate';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeProvider } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';

const ask = (model: string, rest: Partial<CompletionRequest> = {}): CompletionRequest => ({
  model: `any/${model}`,
  messages: [{ role: 'user', content: 'twelve chars' }],
  max_tokens: 17,
  ...rest,
});
const quick = (): FakeProvider => fakeProvider(() => ({ afterMs: 100, text: 'ok' }));
/** A deployment of the group `any/*` that calls whichever model is asked for. */
const wild = (fake: FakeProvider, vendor = 'fake', rest: Partial<Deployment> = {}): Deployment => ({
  group: 'any/*',
  id: vendor,
  ...rest,
  provider: openAICompatible({ name: vendor, model: '*', baseURL: 'http://fake.invalid/v1' }),
  transport: fake.transport,
});
const dollar = 1_000_000; // a dollar a token
const prices: PriceTable = {
  'fake/cheap': { input: dollar, output: dollar, contextWindow: 100 },
  'fake/dear': { input: 10 * dollar, output: 10 * dollar, contextWindow: 1000 },
};
const routerOf = (deployments: readonly Deployment[], rest: Partial<RouterConfig> = {}): FanoutRouter =>
  createRouter({ ...virtualTime, deployments, prices, ...rest });

describe('the price of a wildcard deployment', () => {
  it('is that of the model that is called', () => {
    const router = routerOf([wild(quick())]);
    const rows = rowsOf(() => router.parallel$(['cheap', 'dear', 'rare'].map((model) => ask(model))));
    const usdAToken = rows.map(({ cost, usage }) => cost && cost / usage.totalTokens);
    expect(usdAToken).toEqual([1, 10, undefined]);
    expect(rows.map(({ attempts }) => attempts[0]?.cost)).toEqual(rows.map(({ cost }) => cost));
  });

  it.each<[string, Partial<Deployment>, readonly number[]]>([
    ['its own', { price: { input: 3 * dollar, output: 3 * dollar } }, [3, 3]],
    ['else that of the model', {}, [1, 7]],
  ])('is %s; for those that are not listed what is listed with the star', (_, rest, expected) => {
    const any = { 'fake/*': { input: 7 * dollar, output: 7 * dollar } };
    const router = routerOf([wild(quick(), 'fake', rest)], { prices: { ...prices, ...any } });
    const rows = rowsOf(() => router.parallel$([ask('cheap'), ask('rare')]));
    expect(rows.map(({ cost = 0, usage }) => cost / usage.totalTokens)).toEqual(expected);
  });

  it('is what the strategy of cost compares', () => {
    const [fake, other] = [quick(), quick()];
    const table = { ...prices, 'other/cheap': { input: 2, output: 2 }, 'other/rare': { input: 9, output: 9 } };
    const router = routerOf([wild(fake), wild(other, 'other')], { prices: table, strategy: 'cost' });
    const asked = ['cheap', 'dear', 'rare'].map((model) => ask(model));
    const rows = rowsOf(() => router.parallel$(asked, { order: 'input' }));
    expect(rows.map(({ deployment }) => deployment)).toEqual(['other', 'fake', 'other']);
  });

  it('is shown to a strategy of the own', () => {
    const seen: Candidate[] = [];
    const strategy = (offered: readonly Candidate[]): Candidate => {
      seen.push(...offered);
      return offered.reduce((one) => one);
    };
    rowsOf(() => routerOf([wild(quick())], { strategy }).parallel$([ask('cheap'), ask('rare')]));
    expect(seen.map(({ price }) => price?.input)).toEqual([dollar, undefined]);
  });

  it('adds up in the snapshot; not where one was not known', () => {
    const router = routerOf([wild(quick())]);
    const costNow = (): number | undefined => router.snapshot().deployments[0]?.cost;
    const rows = rowsOf(() => router.parallel$([ask('cheap'), ask('dear')]));
    expect(costNow()).toBe(rows.reduce((sum, { cost = NaN }) => sum + cost, 0));
    rowsOf(() => router.parallel$([ask('rare')]));
    expect(costNow()).toBeUndefined();
    expect(routerOf([wild(quick())], { prices: {} }).snapshot().deployments[0]).not.toHaveProperty('cost');
  });

  it('is not wanted of a call that nothing has to be paid for', () => {
    const fake = fakeProvider(({ model }) => (model === 'cheap' ? { text: 'ok' } : { status: 404 }));
    const router = routerOf([wild(fake)]);
    const rows = rowsOf(() => router.parallel$([ask('chaep'), ask('cheap')], { concurrency: 1 }));
    expect(rows.map(brief)).toEqual(['!NotFound', 'ok']);
    expect(rows[0]?.cost).toBe(0);
    expect(router.snapshot().deployments[0]?.cost).toBe(rows[1]?.cost);
  });
});

describe('the context window of a wildcard deployment', () => {
  const long = { messages: [{ role: 'user' as const, content: 'x'.repeat(800) }] };

  it.each<[string, string, Partial<Deployment>, string]>([
    ['is that of the model that is called', 'cheap', {}, '!ContextWindowExceeded'],
    ['is another for another model', 'dear', {}, 'ok'],
    ['is not known of a model that is not listed', 'rare', {}, 'ok'],
    ['is its own first', 'dear', { contextWindow: 100 }, '!ContextWindowExceeded'],
  ])('%s', (_, model, rest, expected) => {
    const fake = quick();
    const rows = rowsOf(() => routerOf([wild(fake, 'fake', rest)]).result$(ask(model, long)));
    expect(rows.map(brief)).toEqual([expected]);
    expect(fake.calls).toHaveLength(expected === 'ok' ? 1 : 0);
  });

  it('is told where it is too small', () => {
    const [row] = rowsOf(() => routerOf([wild(quick())]).result$(ask('cheap', long)));
    expect(row?.outcome).toMatchObject({
      left: { message: expect.stringContaining('no deployment of the group takes more than 100:') as string },
    });
  });

  it('says who is larger, when a vendor finds a request too long', () => {
    const tooLong = { status: 400, body: { error: { code: 'context_length_exceeded', message: 'too long' } } };
    const [small, large] = [fakeProvider([tooLong]), quick()];
    const table = { ...prices, 'large/cheap': { input: 1, output: 1, contextWindow: 200 } };
    const router = routerOf([wild(small, 'fake', { weight: 1 }), wild(large, 'large', { weight: 0 })], {
      prices: table,
    });
    expect(rowsOf(() => router.result$(ask('cheap'))).map(brief)).toEqual(['ok']);
    expect([small.calls.length, large.calls.length]).toEqual([1, 1]);
  });
});

describe('a budget in USD over a wildcard deployment', () => {
  it.each(['run', 'router'])('of the %s counts what each model costs', (whose) => {
    const budget = { usd: 100 };
    const fake = quick();
    const router = routerOf([wild(fake)], whose === 'router' ? { budget } : {});
    const asked = ['cheap', 'dear', 'cheap'].map((model) => ask(model));
    const options = { concurrency: 1, ...(whose === 'run' ? { budget } : {}) };
    expect(rowsOf(() => router.parallel$(asked, options)).map(brief)).toEqual([
      'ok',
      '!BudgetExceeded', // twenty tokens at ten dollars
      '!BudgetExceeded',
    ]);
    expect(fake.calls).toHaveLength(1);
  });

  it('reserves what the model may come to', () => {
    inVirtualTime(({ flush }) => {
      const router = routerOf([wild(quick())], { budget: { usd: 1000 } });
      router.parallel$([ask('cheap'), ask('dear')]).subscribe();
      expect(router.snapshot().budget?.reserved).toEqual({ usd: 20 + 200, tokens: 40, requests: 2 });
      flush();
    });
  });

  it.each(['run', 'router'])('of the %s sends no request whose price is not known, and the others', (whose) => {
    const budget = { usd: 1000 };
    const fake = quick();
    const router = routerOf([wild(fake)], whose === 'router' ? { budget } : {});
    const asked = ['rare', 'cheap'].map((model) => ask(model));
    const [refused, sent] = rowsOf(() =>
      router.parallel$(asked, { concurrency: 1, ...(whose === 'run' ? { budget } : {}) }),
    );
    expect(refused).toMatchObject({
      index: 0,
      attempts: [],
      outcome: {
        left: {
          _tag: 'NoDeployment',
          isRetryable: false,
          message:
            'the request was not sent: budget.usd: the price of fake/rare is not known: give it as price, or in prices',
        },
      },
    });
    expect(sent && brief(sent)).toBe('ok');
    expect(fake.calls).toHaveLength(1);
  });

  it('says of a name that is too long for one only how it begins', () => {
    const [row] = rowsOf(() => routerOf([wild(quick())], { budget: { usd: 1 } }).result$(ask('x'.repeat(5000))));
    expect(row?.outcome._tag === 'Left' && row.outcome.left.message.length).toBeLessThan(300);
  });

  it('in tokens or calls wants no price', () => {
    const budget = { tokens: 1000, requests: 1 };
    expect(rowsOf(() => routerOf([wild(quick())], { budget }).result$(ask('rare'))).map(brief)).toEqual(['ok']);
  });

  it('asks one whose price is known instead, of the group or of a fallback', () => {
    const table = { ...prices, 'other/rare': { input: 1, output: 1 } };
    const [fake, other] = [quick(), quick()];
    const budget = { usd: 1000 };
    const beside = routerOf([wild(fake), wild(other, 'other')], { prices: table, budget });
    const asked = Array<CompletionRequest>(9).fill(ask('rare'));
    expect([...new Set(rowsOf(() => beside.parallel$(asked)).map((row) => row.deployment))]).toEqual(['other']);
    const behind = routerOf([wild(fake), { ...wild(other, 'other'), group: 'more/*' }], {
      prices: table,
      budget,
      fallbacks: { 'any/*': ['more/rare'] },
    });
    expect(rowsOf(() => behind.result$(ask('rare'))).map((row) => row.deployment)).toEqual(['other']);
    expect(fake.calls).toEqual([]);
  });

  it('is a problem of the configuration only where no model of its form is listed', () => {
    const none = { prices: { 'other/cheap': { input: 1, output: 1 } } };
    const budget = { usd: 1 };
    expect(() => routerOf([wild(quick())], { ...none, budget })).toThrow(
      "deployments[0].price: it is unknown, and budget.usd wants it: give it, or prices['fake/*']",
    );
    const router = routerOf([wild(quick())], none);
    expect(() => router.parallel$([], { budget })).toThrow(ConfigError);
    expect(() => router.parallel$([], { budget })).toThrow(/budget\.usd: the price of fake is not known/);
  });

  it('of a run is kept when an update takes the prices away', () => {
    inVirtualTime(({ flush }) => {
      const fake = quick();
      const router = routerOf([wild(fake)]);
      const rows: string[] = [];
      router
        .parallel$([ask('cheap'), ask('cheap')], { concurrency: 1, budget: { usd: 1000 } })
        .subscribe((row) => rows.push(brief(row)));
      router.update({ ...virtualTime, deployments: [wild(fake)] });
      flush();
      expect(rows).toEqual(['ok', '!NoDeployment']);
    });
  });
});
