import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { createRouter, openai } from '../../../lib/index';
import { prices as own } from '../../../lib/tokens/prices/prices';
import { pricesFromLiteLLM } from '../../../lib/tokens/prices/prices-from-litellm';

/** Entries of LiteLLM 1.110.2, word for word (MIT, Copyright (c) 2023 Berri AI; github.com/BerriAI/litellm). */
const excerpt: unknown = JSON.parse(readFileSync('spec/tokens/prices/litellm-excerpt.json', 'utf8'));

const chat = { litellm_provider: 'openai', mode: 'chat', input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 };
const oneOf = (fields: object) => pricesFromLiteLLM({ m: { ...chat, ...fields } });
const entryOf = (fields: object) => oneOf(fields).prices['openai/m'];
const reasonOf = (fields: object) => oneOf(fields).skipped.map(({ reason }) => reason);

describe("LiteLLM's list of prices", () => {
  it('is read as it is: whom there are providers for, and what chats', () => {
    const { prices, skipped } = pricesFromLiteLLM(excerpt);
    expect(Object.keys(prices).sort()).toEqual([
      'anthropic/claude-haiku-5-5',
      'anthropic/claude-opus-5-5',
      'anthropic/claude-opus-latest',
      'anthropic/claude-sonnet-5-5',
      'azureOpenAI/eu/gpt-5-mini-2025-08-07',
      'azureOpenAI/gpt-5-mini',
      'azureOpenAI/gpt-5.1-chat',
      'deepseek/deepseek-flash',
      'deepseek/deepseek-pro-latest',
      'deepseek/deepseek-v4-pro',
      'fireworks/accounts/fireworks/models/deepseek-v3p2',
      'fireworks/accounts/fireworks/models/kimi-k3',
      'fireworks/accounts/fireworks/models/kimi-latest',
      'gemini/gemini-2.5-pro',
      'gemini/gemini-3.8-flash',
      'gemini/gemini-4-argon',
      'gemini/gemini-flash-latest',
      'gemini/gemma-4-31b-it',
      'groq/openai/gpt-oss-120b',
      'groq/openai/gpt-oss-20b',
      'mistral/mistral-large-2512',
      'mistral/mistral-small-latest',
      'ollama/llama3.1',
      'openai/ft:gpt-4o-mini-2024-07-18',
      'openai/gpt-4o',
      'openai/gpt-4o-mini-2024-07-18',
      'openai/gpt-5-mini',
      'openai/gpt-5-pro',
      'openai/gpt-5.4-mini-2026-03-17',
      'openai/gpt-6.1-sol',
      'openai/gpt-sol-latest',
      'together/moonshotai/Kimi-K3',
      'xai/grok-4.20-multi-agent-0309',
      'xai/grok-4.7',
    ]);
    const none =
      'input_cost_per_token: expected a number from 0, got undefined; output_cost_per_token: expected a number from 0, got undefined';
    expect(skipped).toEqual([
      { name: 'together_ai/togethercomputer/CodeLlama-34b-Instruct', reason: none },
      { name: 'openai/container', reason: none },
    ]);
  });

  it('is told in USD per million tokens, and tokens', () => {
    const { prices } = pricesFromLiteLLM(excerpt);
    expect(prices).toMatchObject({
      'openai/gpt-4o-mini-2024-07-18': {
        input: 0.15,
        cachedInput: 0.075,
        output: 0.6,
        contextWindow: 128_000,
        maxOutput: 16_384,
      },
      'anthropic/claude-opus-latest': prices['anthropic/claude-opus-5-5'],
      'gemini/gemma-4-31b-it': { input: 0, output: 0, contextWindow: 262_144 },
      'gemini/gemini-2.5-pro': { input: 1.25, output: 10 },
      'deepseek/deepseek-flash': { input: 0.3, cachedInput: 0.006, output: 1.2 },
    });
    expect(prices['gemini/gemma-4-31b-it']).not.toHaveProperty('cachedInput');
  });

  it('agrees with our own table', () => {
    const { prices } = pricesFromLiteLLM(excerpt);
    const known = Object.keys(prices).filter((key) => Object.hasOwn(own, key));
    expect(known.length).toBeGreaterThan(15);
    const argon = { input: 2, cachedInput: 0.1, output: 10 }; // the introductory price, until 2026-11-30
    const grok = { longPrompt: { above: 200_000, input: 4, output: 12, cachedInput: 1 } }; // "at or above", xAI says
    const apart: Readonly<Record<string, object>> = { 'gemini/gemini-4-argon': argon, 'xai/grok-4.7': grok };
    for (const key of known) expect({ key, ...prices[key] }).toMatchObject({ key, ...own[key], ...apart[key] });
  });

  it('can be the prices of a router, with ours', () => {
    const { prices } = pricesFromLiteLLM(excerpt);
    const deployments = [{ group: 'a', provider: openai({ model: 'gpt-5-pro', apiKey: 'k' }) }];
    expect(() => createRouter({ deployments, prices: { ...prices, ...own }, budget: { usd: 1 } })).not.toThrow();
  });

  it.each([
    [1.5e-7, 0.15],
    [3e-7, 0.3],
    ['1e-6', 1],
    [' 2.5e-06 ', 2.5],
    [0, 0],
    ['0', 0],
    [3.75e-9, 0.00375],
    [1.234567e-6, 1.234567],
  ])('has prices as numbers and as text, without the noise of either: %p', (perToken, perMillion) => {
    const given = { input_cost_per_token: perToken, output_cost_per_token: 1, cache_read_input_token_cost: perToken };
    expect(entryOf(given)).toEqual({ input: perMillion, output: 1e6, cachedInput: perMillion });
  });

  it.each(['-1e-6', -1, '', ' ', 'free', null, undefined, true, [], {}, [1], NaN, Infinity, 1e305, '1e999'])(
    'skips an entry whose price is none, and says so: %p',
    (price) => {
      for (const key of ['input_cost_per_token', 'output_cost_per_token']) {
        const { prices, skipped } = pricesFromLiteLLM({ m: { ...chat, [key]: price }, n: chat });
        expect(Object.keys(prices)).toEqual(['openai/n']);
        expect(skipped).toEqual([
          { name: 'm', reason: expect.stringContaining(`${key}: expected a number from 0, got `) as string },
        ]);
      }
    },
  );

  it('skips an entry with a price for cached tokens that is none, and takes one without', () => {
    expect(reasonOf({ cache_read_input_token_cost: 'free' })).toEqual([
      'cache_read_input_token_cost: expected a number from 0, got a string',
    ]);
    for (const none of [null, undefined]) {
      expect(entryOf({ cache_read_input_token_cost: none })).toEqual({ input: 1, output: 2 });
    }
  });

  it.each<[string, object, object | undefined]>([
    ['none', {}, undefined],
    [
      'all of it',
      {
        input_cost_per_token_above_128k_tokens: '3e-6',
        output_cost_per_token_above_128k_tokens: 5e-6,
        cache_read_input_token_cost_above_128k_tokens: 1e-7,
      },
      { above: 128_000, input: 3, output: 5, cachedInput: 0.1 },
    ],
    [
      'a part: the rest is as ever',
      { input_cost_per_token_above_128k_tokens: 3e-6, output_cost_per_token_above_128k_tokens: null },
      { above: 128_000, input: 3, output: 2, cachedInput: 0.5 },
    ],
    [
      'several: the first',
      { input_cost_per_token_above_256k_tokens: 9e-6, input_cost_per_token_above_32k_tokens: 3e-6 },
      { above: 32_000, input: 3, output: 2, cachedInput: 0.5 },
    ],
    ['that of other calls', { input_cost_per_token_above_128k_tokens_batches: 3e-6 }, undefined],
    ['at no place that can be', { [`input_cost_per_token_above_${'9'.repeat(400)}k_tokens`]: 3e-6 }, undefined],
  ])('has a price for long prompts: %s', (_, fields, expected) => {
    const entry = entryOf({ cache_read_input_token_cost: 5e-7, ...fields });
    expect(entry).toEqual({ input: 1, output: 2, cachedInput: 0.5, ...(expected && { longPrompt: expected }) });
  });

  it('skips an entry whose price for long prompts is none', () => {
    expect(
      reasonOf({ input_cost_per_token_above_128k_tokens: -1, output_cost_per_token_above_128k_tokens: 'free' }),
    ).toEqual([
      'input_cost_per_token_above_128k_tokens: expected a number from 0, got -1; output_cost_per_token_above_128k_tokens: expected a number from 0, got a string',
    ]);
  });

  it.each<[object, object]>([
    [
      { max_input_tokens: 100, max_output_tokens: 20, max_tokens: 20 },
      { contextWindow: 100, maxOutput: 20 },
    ],
    [
      { max_input_tokens: 100, max_output_tokens: 20 },
      { contextWindow: 100, maxOutput: 20 },
    ],
    [
      { max_input_tokens: 100, max_tokens: 20 },
      { contextWindow: 100, maxOutput: 20 },
    ],
    [{ max_input_tokens: 100, max_tokens: 100 }, { contextWindow: 100 }],
    [{ max_output_tokens: 20, max_tokens: 20 }, { maxOutput: 20 }],
    [{ max_tokens: 100 }, {}],
    [
      { max_input_tokens: 272_000, max_output_tokens: 128_000 },
      { contextWindow: 400_000, maxOutput: 128_000 },
    ],
    [
      { max_input_tokens: 922_000, max_tokens: 128_000 },
      { contextWindow: 1_050_000, maxOutput: 128_000 },
    ],
    [
      { max_input_tokens: 400_000, max_output_tokens: 128_000 },
      { contextWindow: 400_000, maxOutput: 128_000 },
    ],
    [
      { max_input_tokens: 200_000, max_output_tokens: 200_000 },
      { contextWindow: 200_000, maxOutput: 200_000 },
    ],
    [
      { max_input_tokens: 200_000, max_output_tokens: 100_000 },
      { contextWindow: 200_000, maxOutput: 100_000 },
    ],
    [{ max_input_tokens: 400_000 }, { contextWindow: 400_000 }],
    [
      { max_input_tokens: '100', max_output_tokens: 20.0 },
      { contextWindow: 100, maxOutput: 20 },
    ],
    [{ max_input_tokens: 0, max_output_tokens: -1, max_tokens: 1.5 }, {}],
    [{ max_input_tokens: 'max input tokens, if the provider specifies it', max_output_tokens: null }, {}],
  ])('has limits where they are sure: %j', (limits, expected) => {
    expect(entryOf(limits)).toEqual({ input: 1, output: 2, ...expected });
  });

  it.each([
    ['embedding', false],
    ['completion', false],
    ['image_generation', false],
    ['realtime', false],
    ['chat', true],
    ['responses', true],
    [null, true],
    [undefined, true],
  ])('has models that do something else, which are passed over: mode %p', (mode, isTaken) => {
    const { prices, skipped } = oneOf({ mode });
    expect([Object.keys(prices), skipped]).toEqual([isTaken ? ['openai/m'] : [], []]);
  });

  it('names a model twice: in full is the one that LiteLLM asks for, wherever it stands', () => {
    const entry = (perToken: number) => ({ ...chat, litellm_provider: 'deepseek', input_cost_per_token: perToken });
    const [bare, full] = [entry(1e-6), entry(3e-6)];
    for (const list of [
      { m: bare, 'deepseek/m': full },
      { 'deepseek/m': full, m: bare },
    ]) {
      expect(pricesFromLiteLLM(list).prices['deepseek/m']?.input).toBe(3);
    }
  });

  it('says in two places how it is to be read, which are no models', () => {
    const sample = {
      ...chat,
      litellm_provider: 'one of https://docs.litellm.ai/docs/providers',
      mode: 'one of: chat, …',
    };
    const json = { sample_spec: sample, fallback_generalizations: { rules: [{ pattern: '^claude-' }] }, m: chat };
    expect(pricesFromLiteLLM(json)).toEqual({ prices: { 'openai/m': { input: 1, output: 2 } }, skipped: [] });
  });

  it('has aliases, whose provider is that of what they mean', () => {
    const { prices, skipped } = pricesFromLiteLLM({
      'groq/new': { alias_of: 'groq/m' },
      'groq/m': { ...chat, litellm_provider: 'groq' },
      'bedrock/new': { alias_of: 'global.m' },
      'global.m': { ...chat, litellm_provider: 'bedrock' },
      'groq/newer': { alias_of: 'groq/new' },
      'groq/none': { alias_of: 'groq/nobody' },
      'groq/proto': { alias_of: '__proto__' },
      'groq/self': { alias_of: 'groq/self' },
    });
    expect(Object.keys(prices)).toEqual(['groq/new', 'groq/m']);
    const reason = 'alias_of: there is no such entry, or it is an alias, too';
    const names = ['groq/newer', 'groq/none', 'groq/proto', 'groq/self'];
    expect(skipped).toEqual(names.map((name) => ({ name, reason })));
  });

  it('may hold anything: each wrong entry is told, and none is quoted', () => {
    const secret = 'sk-canary-7f3a';
    const { prices, skipped } = pricesFromLiteLLM({
      a: null,
      b: secret,
      c: [],
      d: {},
      e: { ...chat, litellm_provider: [secret] },
      f: { ...chat, mode: { secret } },
      g: { ...chat, input_cost_per_token: secret },
      h: chat,
    });
    expect(Object.keys(prices)).toEqual(['openai/h']);
    expect(skipped.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(JSON.stringify(skipped)).not.toContain(secret);
    expect(skipped[0]).toEqual({ name: 'a', reason: 'expected an entry, got null' });
  });

  it.each([
    ['{}', 'a string'],
    [null, 'null'],
    [[], 'an empty array'],
    [7, '7'],
    [undefined, 'undefined'],
  ])('is an object, or an error says so: %p', (json, got) => {
    expect(() => pricesFromLiteLLM(json)).toThrow(
      new TypeError(`pricesFromLiteLLM: expected the object in model_prices_and_context_window.json, got ${got}`),
    );
  });
});

describe('laws of reading it', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'm',
      'openai/m',
      'groq/m',
      'azure/eu/m',
      'fireworks_ai/m',
      '__proto__',
      'constructor',
      'groq/__proto__',
      '',
    ),
    fc.string(),
  );
  const cost = fc.oneof(fc.double(), fc.constantFrom(0, 1e-6, '1e-6', -0, 5e-324, 1e308), fc.string(), fc.jsonValue());
  const entry = fc.record(
    {
      litellm_provider: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom('openai', 'groq', 'azure', 'deepseek', 'fireworks_ai') },
        { weight: 1, arbitrary: fc.oneof(fc.constantFrom('__proto__', 'bedrock'), fc.jsonValue()) },
      ),
      mode: fc.constantFrom('chat', 'responses', 'embedding', null),
      input_cost_per_token: cost,
      output_cost_per_token: cost,
      cache_read_input_token_cost: cost,
      max_input_tokens: cost,
      max_output_tokens: cost,
      max_tokens: cost,
    },
    { requiredKeys: [] },
  );
  const alias = fc.record({ alias_of: name });
  interface AnyEntry {
    readonly litellm_provider?: unknown;
    readonly mode?: unknown;
  }
  const list = fc
    .array(
      fc.tuple(
        name,
        fc.oneof({ weight: 6, arbitrary: entry }, { weight: 1, arbitrary: fc.oneof(alias, fc.jsonValue()) }),
      ),
      { maxLength: 8 },
    )
    .map(
      (entries) => JSON.parse(JSON.stringify(Object.fromEntries(entries))) as Readonly<Record<string, AnyEntry | null>>,
    );

  it('never throws on an object, says only what a router takes, and loses no entry of its providers without a word', () => {
    const deployments = [{ group: 'a', provider: openai({ model: 'm', apiKey: 'k' }) }];
    fc.assert(
      fc.property(list, (json) => {
        const { prices, skipped } = pricesFromLiteLLM(json);
        expect(() => createRouter({ deployments, prices })).not.toThrow();
        expect(Object.getPrototypeOf(prices)).toBe(Object.prototype);
        expect(Object.hasOwn(prices, '__proto__')).toBe(false);
        for (const { input, output, cachedInput = 0 } of Object.values(prices)) {
          for (const price of [input, output, cachedInput]) expect(Number.isFinite(price) && price >= 0).toBe(true);
        }
        const names = new Set(Object.keys(json));
        expect(skipped.every((one) => names.has(one.name) && one.reason !== '')).toBe(true);
        const told = new Set(skipped.map((one) => one.name));
        for (const [name, given] of Object.entries(json)) {
          const { litellm_provider: vendor, mode } = given ?? {};
          if (vendor !== 'openai' || mode === 'embedding') continue;
          expect(told.has(name) || Object.hasOwn(prices, `openai/${name.replace(/^openai\//, '')}`)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never throws on any object of JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (json) => {
        expect(() => pricesFromLiteLLM(json)).not.toThrow();
      }),
    );
  });

  it('gives the same with one more bad entry, and tells of that', () => {
    fc.assert(
      fc.property(list, fc.jsonValue(), (json, bad) => {
        const before = pricesFromLiteLLM(json);
        const after = pricesFromLiteLLM({ ...json, ' one more ': bad });
        expect(after.prices).toEqual(before.prices);
        expect(after.skipped.length).toBe(before.skipped.length + 1);
      }),
    );
  });

  it('makes of a price per token one that is a million times as high', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1, noNaN: true }), (perToken) => {
        const { prices } = pricesFromLiteLLM({ m: { ...chat, input_cost_per_token: perToken } });
        expect(prices['openai/m']!.input / 1e6 / perToken).toBeCloseTo(1, 10);
      }),
    );
  });
});
