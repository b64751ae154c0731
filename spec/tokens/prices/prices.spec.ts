import { build } from 'esbuild';
import { right } from 'fp-ts/Either';
import { of } from 'rxjs';
import {
  anthropic,
  azureOpenAI,
  createRouter,
  deepseek,
  gemini,
  groq,
  mistral,
  openai,
  xai,
  type PriceTable,
  type Provider,
  type TokenRates,
} from '../../../lib/index';
import { prices } from '../../../lib/tokens/prices/prices';
import { pricesAsOf } from '../../../lib/tokens/prices/prices-as-of';
import { allOf } from '../../support/all-of';

const apiKey = 'k';
const makers: readonly ((model: string) => Provider)[] = [
  (model) => openai({ model, apiKey }),
  (model) => azureOpenAI({ model, apiKey, endpoint: 'https://mine.openai.azure.com' }),
  (model) => anthropic({ model, apiKey }),
  (model) => gemini({ model, apiKey }),
  (model) => groq({ model, apiKey }),
  (model) => mistral({ model, apiKey }),
  (model) => deepseek({ model, apiKey }),
  (model) => xai({ model, apiKey }),
];
const providerOf = (key: string) => key.slice(0, key.indexOf('/'));
const modelOf = (key: string) => key.slice(key.indexOf('/') + 1);
const entries = Object.entries(prices);

describe('prices', () => {
  it('tell of a day, and of at least a hundred models', () => {
    expect(new Date(pricesAsOf).toISOString()).toBe(`${pricesAsOf}T00:00:00.000Z`);
    expect(new Date(pricesAsOf).getTime()).toBeLessThan(Date.now());
    expect(entries.length).toBeGreaterThan(100);
  });

  it('are found under the names that our providers have, and each of these has some', () => {
    const names = makers.map((make) => make('m').name);
    expect([...new Set(entries.map(([key]) => providerOf(key)))].sort()).toEqual([...names].sort());
    for (const [key] of entries) {
      const make = makers.find((one) => one('m').name === providerOf(key))!;
      const { name, model } = make(modelOf(key));
      expect(`${name}/${model}`).toBe(key);
    }
  });

  const known = ['input', 'output', 'cachedInput', 'longPrompt', 'contextWindow', 'maxOutput'];
  const looksRight = ({ input, output, cachedInput = input }: TokenRates) => {
    for (const price of [input, cachedInput, output]) {
      expect(price).toBeGreaterThanOrEqual(0);
      expect(price).toBeLessThan(1000); // a price per thousand, or per token in millionths, would stand out
      expect(Number(price.toPrecision(6))).toBe(price);
    }
    expect(output).toBeGreaterThanOrEqual(input);
    expect(cachedInput).toBeLessThanOrEqual(input);
    expect(input === 0).toBe(output === 0);
  };

  it.each(entries)('%s makes sense', (_, entry) => {
    const { contextWindow, maxOutput } = entry;
    expect(known).toEqual(expect.arrayContaining(Object.keys(entry)));
    looksRight(entry);
    for (const tokens of [contextWindow, maxOutput]) {
      if (tokens === undefined) continue;
      expect(Number.isInteger(tokens)).toBe(true);
      expect(tokens).toBeGreaterThanOrEqual(8000);
      expect(tokens).toBeLessThanOrEqual(contextWindow ?? 0);
    }
  });

  it('cost nothing only where the vendor has no paid rate', () => {
    const free = entries.filter(([, { input }]) => input === 0).map(([key]) => key);
    expect(free).toEqual(['gemini/gemma-4-31b-it', 'gemini/gemma-4-26b-a4b-it']);
  });

  const stepped = entries.flatMap(([key, { longPrompt, ...entry }]) =>
    longPrompt ? [{ key, longPrompt, entry }] : [],
  );

  it.each(stepped)('$key makes sense for long prompts', ({ longPrompt: { above, ...rates }, entry }) => {
    looksRight(rates);
    expect(rates.input).toBeGreaterThan(entry.input);
    expect(rates.output).toBeGreaterThan(entry.output);
    expect(rates.cachedInput === undefined).toBe(entry.cachedInput === undefined);
    expect(above).toBeLessThan(entry.contextWindow ?? 0);
  });

  it('are higher for long prompts where the vendor says so', () => {
    const models = ['openai/gpt-6.1-sol', 'gemini/gemini-2.5-pro', 'anthropic/claude-haiku-5-5', 'xai/grok-4.7'];
    expect(models.map((model) => prices[model]?.longPrompt)).toEqual([
      { above: 272_000, input: 4, cachedInput: 0.2, output: 15 },
      { above: 200_000, input: 2.5, cachedInput: 0.25, output: 15 },
      { above: 100_000, input: 0.5, cachedInput: 0.05, output: 2.5 },
      { above: 199_999, input: 4, cachedInput: 1, output: 12 },
    ]);
    expect(prices['openai/gpt-5.4-mini']?.longPrompt).toBeUndefined();
  });

  it('are the same for a model and its dated names, and in Azure as at OpenAI', () => {
    for (const [key, entry] of entries) {
      const undated = key.replace(/-(\d{8}|\d{4}-\d{2}-\d{2})$/, '');
      const atOpenAI = key.replace('azureOpenAI/', 'openai/');
      expect(entry).toEqual(prices[undated] ?? entry);
      expect(entry).toEqual(prices[atOpenAI] ?? entry);
    }
  });

  it('are known for nothing that everything inherits', () => {
    expect(prices['openai/constructor']).toBeUndefined();
    expect(prices['openai/my-tune']).toBeUndefined();
  });

  it('cannot be changed for everybody', () => {
    const table = prices as Record<string, { input: number; output: number }>;
    expect(() => (table['openai/gpt-5'] = { input: 0, output: 0 })).toThrow(TypeError);
    expect(() => (table['openai/gpt-5']!.input = 0)).toThrow(TypeError);
    expect(entries.every(([, entry]) => Object.isFrozen(entry) && Object.isFrozen(entry.longPrompt ?? entry))).toBe(
      true,
    );
  });

  it('are plain data: next to nothing comes with them', async () => {
    const { metafile } = await build({
      entryPoints: ['lib/tokens/prices/prices.ts'],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'neutral',
    });
    expect(Object.keys(metafile.inputs).filter((path) => !path.startsWith('lib/tokens/prices/'))).toEqual([
      'lib/domain/scaled.ts',
    ]);
  });
});

describe('a router with prices', () => {
  const body = {
    id: 'x',
    created: 0,
    model: 'm',
    usage: {
      prompt_tokens: 1_000_000,
      completion_tokens: 100_000,
      total_tokens: 1_100_000,
      prompt_tokens_details: { cached_tokens: 400_000 },
    },
    choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
  };
  const transport = () => of({ status: 200, headers: {}, body: right(body) });
  const costAt = async (provider: Provider, table?: PriceTable) => {
    const router = createRouter({ deployments: [{ group: 'a', provider, transport }], prices: table });
    const [row] = await allOf(router.result$('hi'));
    return row?.cost;
  };

  it.each<[string, Provider, number]>([
    ['a model', openai({ model: 'gpt-5-mini', apiKey }), 0.6 * 0.25 + 0.4 * 0.025 + 0.1 * 2],
    ['a dated name', openai({ model: 'gpt-5-mini-2025-08-07', apiKey }), 0.6 * 0.25 + 0.4 * 0.025 + 0.1 * 2],
    ['a moving name', mistral({ model: 'mistral-small-latest', apiKey }), 0.6 * 0.15 + 0.4 * 0.015 + 0.1 * 0.6],
    ['a long prompt', openai({ model: 'gpt-6.1-sol', apiKey }), 0.6 * 4 + 0.4 * 0.2 + 0.1 * 15],
    ['no price for cached tokens', groq({ model: 'qwen/qwen3.8-27b', apiKey }), 0.8 + 0.1 * 4],
  ])('says what a call costs: %s', async (_, provider, usd) => {
    expect(await costAt(provider, prices)).toBeCloseTo(usd, 9);
  });

  it('says nothing of the cost of a model that it does not know', async () => {
    expect(await costAt(openai({ model: 'my-tune', apiKey }), prices)).toBeUndefined();
    expect(await costAt(openai({ model: 'gpt-5-mini', apiKey }))).toBeUndefined();
  });

  it('takes more of them, and others instead', async () => {
    const more = { ...prices, 'openai/my-tune': { input: 1, output: 2 }, 'openai/gpt-5-mini': { input: 0, output: 3 } };
    expect(await costAt(openai({ model: 'my-tune', apiKey }), more)).toBeCloseTo(1.2, 9);
    expect(await costAt(openai({ model: 'gpt-5-mini', apiKey }), more)).toBeCloseTo(0.3, 9);
  });

  it('lets a budget in USD stand where it knows them all', () => {
    const of = (model: string) => () =>
      createRouter({
        deployments: [{ group: 'a', provider: openai({ model, apiKey }) }],
        budget: { usd: 1 },
        prices,
      });
    expect(of('gpt-5-mini')).not.toThrow();
    expect(of('my-tune')).toThrow(/prices\['openai\/my-tune'\]/);
  });

  it('knows how long a conversation a model takes', async () => {
    const router = createRouter({
      deployments: [{ group: 'a', provider: openai({ model: 'gpt-4o-mini', apiKey }), transport }],
      prices,
    });
    const rows = await allOf(router.result$('a'.repeat(4 * 130_000)));
    expect(rows).toMatchObject([{ outcome: { _tag: 'Left', left: { _tag: 'ContextWindowExceeded' } } }]);
  });
});
