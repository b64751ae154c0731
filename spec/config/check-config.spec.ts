import { inspect } from 'node:util';
import axios from 'axios';
import fc from 'fast-check';
import { checkConfig } from '../../lib/config/check-config';
import { ConfigError } from '../../lib/config/config-error';
import { openai } from '../../lib/provider/openai/openai';
import { axiosTransport } from '../../lib/transport/axios';

const provider = openai({ model: 'gpt-5-mini', apiKey: 'sk-canary' });
const deployment = { group: 'fast', provider };
const transport = axiosTransport().transport;

const strategies =
  "a strategy ('simple-shuffle', 'least-busy', 'latency', 'usage', 'cost', 'priority-order', or a function of the candidates and the request)";

/** Everything a router can be told. */
const whole = {
  deployments: [
    {
      ...deployment,
      id: 'a',
      weight: 0,
      order: -1.5,
      maxParallel: 4,
      timeouts: { attemptMs: Infinity },
      cooldownMs: 0,
      allowedFails: 0,
      transport: axios.create(),
    },
    { ...deployment, group: 'smart' },
  ],
  defaultModel: 'smart',
  strategy: { smart: 'least-busy', fast: (candidates: readonly object[]) => candidates[0] },
  timeouts: { totalMs: 1, attemptMs: 1, queueMs: 1 },
  maxRetries: 0,
  retryPolicy: { Timeout: 0, InvalidResponse: 3 },
  maxThrottles: 0,
  throttleMs: 0,
  health: { cooldownMs: 0, allowedFails: 3, whenExhausted: 'fail' },
  transport,
  caps: { bodyBytes: 1, eventBytes: 1, jsonDepth: 1 },
  onStreamBreak: 'restart',
  dropUnsupported: true,
  exposeBodies: true,
  random: () => 0,
  now: () => 0,
  wallNow: () => 0,
};

function errorOf(config: unknown): ConfigError {
  try {
    checkConfig(config);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('expected a ConfigError');
}

function problemsOf(config: unknown): readonly string[] {
  return errorOf(config).problems;
}

describe('checkConfig', () => {
  it.each<[string, unknown]>([
    ['the least', { deployments: [deployment] }],
    [
      'names of every kind',
      {
        deployments: [
          { ...deployment, id: 'one', quota: 'account', price: { input: 1, output: 2 } },
          { group: 'openai/*', provider: openai({ model: '*', apiKey: 'k' }) },
          { group: 'mini/*', provider },
        ],
        quotas: { account: { rpm: 5 } },
        budget: { usd: 5 },
        prices: { 'openai/gpt-5-mini': { input: 1, output: 2 }, 'openai/*': { input: 3, output: 4 } },
        defaultModel: 'best',
        aliases: {
          best: 'smart',
          smart: 'openai/gpt-5',
          first: 'one',
          'openai/mine': 'mini/*',
          other: 'mini/*/openai/gpt-5-mini',
        },
        strategy: { 'openai/*': 'latency' },
        health: { allowedFails: { groups: { 'mini/*': 3 } } },
        fallbacks: { best: ['fast', 'openai/gpt-4o', 'one'], 'openai/*': ['openai/gpt-4o', 'mini/*'], '*': ['first'] },
        contextWindowFallbacks: { 'openai/gpt-4o': ['openai/gpt-4.1'] },
      },
    ],
    ['one strategy for all', { deployments: [deployment], strategy: 'latency' }],
    ['a strategy of your own', { deployments: [deployment], strategy: () => undefined }],
    ['everything', whole],
    [
      'what is absent',
      { deployments: [{ ...deployment, id: undefined, weight: undefined }], health: undefined, random: undefined },
    ],
  ])('takes %s', (_, config) => {
    expect(() => {
      checkConfig(config);
    }).not.toThrow();
  });

  it.each<[string, unknown, readonly string[]]>([
    ['nothing', undefined, ['expected RouterConfig, got undefined']],
    ['an array', [deployment], ['expected RouterConfig, got an array']],
    ['no deployments', {}, ['deployments: expected at least one deployment, got undefined']],
    ['an empty list', { deployments: [] }, ['deployments: expected at least one deployment, got an empty array']],
    [
      'a deployment that is none',
      { deployments: [deployment, 'gpt'] },
      ['deployments[1]: expected a deployment, got a string'],
    ],
    [
      'a blank group',
      { deployments: [{ ...deployment, group: ' ' }] },
      ['deployments[0].group: expected a name, got a string'],
    ],
    [
      'a provider that is none',
      { deployments: [{ ...deployment, provider: 'openai' }] },
      ['deployments[0].provider: expected a provider, e.g. openai({ model, apiKey }), got a string'],
    ],
    [
      'half a place',
      { deployments: [{ ...deployment, maxParallel: 0.5, weight: -1 }] },
      [
        'deployments[0].weight: expected a number from 0, got -1',
        'deployments[0].maxParallel: expected a whole number from 1, got 0.5',
      ],
    ],
    ['NaN', { deployments: [deployment], throttleMs: NaN }, ['throttleMs: expected a number from 0, got NaN']],
    [
      'another word',
      { deployments: [deployment], health: { whenExhausted: 'maybe' } },
      ["health.whenExhausted: expected 'wait' or 'fail', got a string"],
    ],
    [
      'an unknown tag',
      { deployments: [deployment], retryPolicy: { Timeouts: 1 } },
      [
        expect.stringMatching(
          /^retryPolicy\.Timeouts: no such field, did you mean Timeout; known are RateLimited, .+, Defect$/,
        ),
      ],
    ],
    [
      'a clock of no deployment',
      { deployments: [{ ...deployment, timeouts: { totalMs: 5 } }] },
      ['deployments[0].timeouts.totalMs: no such field; known are attemptMs, firstChunkMs, chunkMs'],
    ],
    [
      'a typo',
      { deployments: [{ ...deployment, wieght: 1 }], maxRetry: 1 },
      [
        'deployments[0].wieght: no such field, did you mean weight; known are group, provider, id, weight, order, rpm, tpm, maxParallel, quota, tags, price, contextWindow, reserveTokens, timeouts, cooldownMs, allowedFails, transport',
        expect.stringMatching(/^maxRetry: no such field, did you mean maxRetries; known are deployments, /),
      ],
    ],
    ['a clock that is a number', { deployments: [deployment], now: 5 }, ['now: expected a function giving ms, got 5']],
    [
      'a transport that is none',
      { deployments: [deployment], transport: {} },
      ['transport: expected a transport or an axios instance, got an object'],
    ],
    [
      'an unknown default group',
      { deployments: [deployment, { ...deployment, group: 'smart' }], defaultModel: 'fats' },
      ["defaultModel: no group 'fats'; groups are fast, smart"],
    ],
    [
      'an order that is none',
      { deployments: [{ ...deployment, order: Infinity }] },
      ['deployments[0].order: expected a finite number, got Infinity'],
    ],
    [
      'a strategy that is none',
      { deployments: [deployment], strategy: 'cheapest' },
      [`strategy: expected ${strategies}, got a string`],
    ],
    [
      'a strategy that only an object has',
      { deployments: [deployment], strategy: 'constructor' },
      [`strategy: expected ${strategies}, got a string`],
    ],
    [
      'a list of strategies',
      { deployments: [deployment], strategy: ['latency'] },
      [`strategy: expected ${strategies}, got an array`],
    ],
    [
      'strategies of groups, by the group',
      { deployments: [deployment], strategy: { fast: 'cheapest', fats: 'latency', constructor: undefined } },
      [
        `strategy.fast: expected ${strategies}, got a string`,
        `strategy.constructor: expected ${strategies}, got undefined`,
        "strategy: no group 'fats'; groups are fast",
        "strategy: no group 'constructor'; groups are fast",
      ],
    ],
    [
      'an id twice, by its own place',
      { deployments: [{ ...deployment, id: 'a' }, deployment, { ...deployment, id: 'a' }, { ...deployment, id: 'a' }] },
      ["deployments[2].id: 'a' is taken by deployments[0]", "deployments[3].id: 'a' is taken by deployments[0]"],
    ],
    [
      'a star that nothing fills',
      { deployments: [{ ...deployment, provider: openai({ model: 'ft:*', apiKey: 'k' }) }] },
      ["deployments[0].provider: its model 'ft:*' has a star that its group 'fast' does not fill: 'fast/*' would"],
    ],
    [
      'two stars',
      { deployments: [{ group: '*/*', provider: openai({ model: '*:*', apiKey: 'k' }) }] },
      [
        "deployments[0].group: '*/*' has more than one star",
        "deployments[0].provider: its model '*:*' has more than one star",
      ],
    ],
    [
      'a quota that is none of several',
      { deployments: [deployment, { ...deployment, quota: 'c' }], quotas: { a: { rpm: 1 }, b: {} } },
      ["deployments[1].quota: no quota 'c'; quotas are a, b"],
    ],
    [
      'a quota where there are none',
      { deployments: [{ ...deployment, quota: 'constructor' }] },
      ["deployments[0].quota: no quota 'constructor'; there are none"],
    ],
    [
      'a budget in USD for what has no price',
      {
        deployments: [deployment, { ...deployment, price: { input: 1, output: 1 } }],
        budget: { usd: 0 },
        prices: { 'openai/gpt-5': { input: 1, output: 1 } },
      },
      ["deployments[0].price: it is unknown, and budget.usd wants it: give it, or prices['openai/gpt-5-mini']"],
    ],
    [
      'aliases that lead nowhere',
      {
        deployments: [deployment],
        aliases: { a: 'fats', b: 'a', c: 'constructor', fast: 'a', d: 'e', e: 'f', f: 'd', g: 'd', h: 'h' },
      },
      [
        "aliases.a: no group 'fats'; groups are fast",
        "aliases.b: no group 'a'; groups are fast",
        "aliases.c: no group 'constructor'; groups are fast",
        'aliases.fast: there is a group of that name',
        'aliases.d: it leads in a circle: d → e → f → d',
        "aliases.g: no group 'd'; groups are fast",
        'aliases.h: it leads in a circle: h → h',
      ],
    ],
    [
      'a wildcard group where a model is wanted',
      {
        deployments: [{ group: 'openai/*', provider: openai({ model: '*', apiKey: 'k' }) }],
        defaultModel: 'openai/*',
        aliases: { any: 'openai/*' },
        fallbacks: { 'openai/a': ['openai/*'] },
      },
      [
        "aliases.any: 'openai/*' says no model: give one in place of the star",
        "defaultModel: 'openai/*' says no model: give one in place of the star",
        "fallbacks.openai/a[0]: 'openai/*' says no model: give one in place of the star",
      ],
    ],
    [
      'fallbacks of and to what is unknown',
      {
        deployments: [deployment],
        fallbacks: { fats: ['fast'], '*': ['fast', 'smart'] },
        contentPolicyFallbacks: { fast: ['smart'] },
      },
      [
        "fallbacks: no group 'fats'; groups are fast",
        "fallbacks.*[1]: no group 'smart'; groups are fast",
        "contentPolicyFallbacks.fast[0]: no group 'smart'; groups are fast",
      ],
    ],
    [
      'fallbacks to what has failed, of a deployment, and twice',
      {
        deployments: [
          { ...deployment, id: 'one' },
          { group: 'x/*', provider },
          { ...deployment, group: 'smart' },
        ],
        aliases: { quick: 'fast' },
        fallbacks: { fast: ['quick', 'one', 'smart'], quick: ['smart'], one: ['smart'], 'x/a': ['x/a', 'x/b'] },
      },
      [
        "fallbacks.fast[0]: 'quick' is what has failed",
        "fallbacks.fast[1]: 'one' is what has failed",
        "fallbacks.quick: 'fast' means the same, and has an entry too",
        "fallbacks.one: it is a deployment: give its group, 'fast'",
        "fallbacks.x/a[0]: 'x/a' is what has failed",
      ],
    ],
    [
      'failures of an unknown group',
      { deployments: [deployment], health: { allowedFails: { groups: { fats: 3 } } } },
      ["health.allowedFails.groups: no group 'fats'; groups are fast"],
    ],
    [
      'an unknown name among very many',
      {
        deployments: Array.from({ length: 1000 }, (_, i) => ({ ...deployment, group: `g${String(i)}` })),
        defaultModel: 'g',
      },
      [expect.stringMatching(/^defaultModel: no group 'g'; groups are g0, g1, .*, g19 and 980 more$/)],
    ],
  ])('refuses %s, by its path', (_, config, problems) => {
    expect(problemsOf(config)).toEqual(problems);
  });

  it('tells every problem at once, each on a line of its own', () => {
    const config = {
      deployments: [null, { ...deployment, id: 'a' }, { ...deployment, id: 'a', cooldownMs: 'long' }],
      defaultModel: 'slow',
      maxRetries: 0.5,
      helth: {},
    };
    const error = errorOf(config);
    expect(error.problems.map((problem) => problem.split(':')[0])).toEqual([
      'deployments[0]',
      'deployments[2].cooldownMs',
      'maxRetries',
      'helth',
      'deployments[2].id',
      'defaultModel',
    ]);
    expect(error.message).toBe(
      `the configuration has 6 problems:\n${error.problems.map((one) => `  ${one}`).join('\n')}`,
    );
    expect(error.name).toBe('ConfigError');
  });

  it('speaks of one problem in the singular', () => {
    expect(errorOf({}).message).toMatch(/^the configuration has a problem:\n {2}deployments: /);
  });

  it('shows no text that could be a key', () => {
    const key = 'sk-canary';
    const error = errorOf({
      deployments: [
        { group: 5, provider: { name: 'x', model: 5, headers: { authorization: key }, apiKey: key }, apiKey: key },
        { ...deployment, timeouts: key, transport: { key } },
        key,
      ],
      strategy: key,
      health: key,
      caps: { bodyBytes: key },
      retryPolicy: [key],
      random: key,
      transport: { defaults: { headers: key } },
    });
    expect(
      [error.message, error.stack, JSON.stringify(error), inspect(error, { depth: 12, showHidden: true })].join(),
    ).not.toContain(key);
  });

  describe('law: throws nothing but a ConfigError', () => {
    const tryAny = (config: unknown): void => {
      try {
        checkConfig(config);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        expect(error.problems.length).toBeGreaterThan(0);
      }
    };

    it('whatever it is given', () => {
      fc.assert(
        fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }), tryAny),
      );
    });

    it('whatever one of its fields is', () => {
      const fields = Object.keys(whole);
      const tables = ['aliases', 'quotas', 'prices', 'budget', 'fallbacks', 'contextWindowFallbacks'];
      fc.assert(
        fc.property(fc.constantFrom(...fields, ...tables), fc.anything(), (field, value) => {
          tryAny({ ...whole, [field]: value });
        }),
      );
    });

    it('whatever a deployment is', () => {
      const any = fc.dictionary(
        fc.constantFrom('group', 'provider', 'id', 'weight', 'timeouts', 'transport', 'quota', 'price', 'x'),
        fc.anything(),
      );
      fc.assert(
        fc.property(fc.array(fc.oneof(any, fc.anything())), (deployments) => {
          tryAny({ deployments });
        }),
      );
    });
  });
});
