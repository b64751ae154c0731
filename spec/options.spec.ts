import '@angular/compiler'; // before all else: what Angular publishes is compiled when it is first used
import { httpClientTransport } from '../lib/angular/http-client-transport';
import { provideFanout } from '../lib/angular/provide-fanout';
import {
  anthropic,
  azureOpenAI,
  createRouter,
  gemini,
  ollama,
  openai,
  openAICompatible,
  summarize,
  toAsyncIterable,
  withOutput,
} from '../lib/index';
import { batchJournal, fileJournal, readBatch, writeBatch } from '../lib/node/index';
import { fakeProvider, fakeShared, simulateProviders } from '../lib/testing/index';
import { createTokenizer, jsonSchemaOf } from '../lib/tokens/index';
import * as t from 'io-ts';
import { EMPTY } from 'rxjs';

const router = createRouter({ deployments: [{ group: 'g', ...fakeProvider([{ text: 'ok' }]) }] });

type Call = (options: never) => unknown;

const calls: readonly (readonly [string, Call])[] = [
  ['parallel$ of a router', (options) => router.parallel$(['a'], options)],
  ['gather$ of a router', (options) => router.gather$(['a'], options)],
  ['result$', (options) => router.result$('a', options)],
  ['completion$', (options) => router.completion$('a', options)],
  ['stream$', (options) => router.stream$('a', options)],
  ['parallelStream$', (options) => router.parallelStream$(['a'], options)],
  ['withOutput', (options) => withOutput(t.string, options)],
  ['summarize', (options) => summarize(options)],
  ...Object.entries({ anthropic, azureOpenAI, gemini, ollama, openai, openAICompatible }),
  ['fileJournal', (options) => fileJournal('x', options)],
  ['batchJournal', (options) => batchJournal('x', options)],
  ['writeBatch', (options) => writeBatch('x', options)],
  ['fakeShared', (options) => fakeShared(options)],
  ['createTokenizer', (options) => createTokenizer('o200k_base', options)],
  ['httpClientTransport', (options) => httpClientTransport(options)],
  ['provideFanout', (config) => provideFanout(config)],
];

describe.each(calls)('the options of %s', (_, call) => {
  it.each<[string, unknown]>([
    ['null', null],
    ['5', 5],
    ['true', true],
    ['a string', 'canary-7f3a'],
    ['an empty array', []],
    ['an array', ['canary-7f3a']],
  ])('are refused at the call, and told, when they are %s', (shown, options) => {
    expect(() => call(options as never)).toThrow(TypeError);
    expect(() => call(options as never)).toThrow(
      new RegExp(`^(\\w[\\w-]*: )?(options|config) must be an object, not ${shown}$`),
    );
  });
});

const misspelt: readonly (readonly [string, () => unknown, string])[] = [
  ['summarize', () => summarize({ noww: Date.now } as object), 'now'],
  ['fileJournal', () => fileJournal('x', { promts: true } as object), 'prompts'],
  ['writeBatch', () => writeBatch('x', { overwrit: true } as object), 'overwrite'],
  ['fakeShared', () => fakeShared({ limit: {} } as object), 'limits'],
  ['createTokenizer', () => createTokenizer('o200k_base', { revison: 'main' } as object), 'revision'],
  ['httpClientTransport', () => httpClientTransport({ cap: {} } as object), 'caps'],
];

it.each(misspelt)('%s names the option that was probably meant', (_, call, meant) => {
  expect(call).toThrow(TypeError);
  expect(call).toThrow(`(did you mean ${meant}?)`);
});

const values: readonly (readonly [string, () => unknown, string])[] = [
  ['toAsyncIterable', () => toAsyncIterable(EMPTY, null as never), 'options must be { buffer: number }, not null'],
  ['toAsyncIterable', () => toAsyncIterable(EMPTY, 5 as never), 'options must be { buffer: number }, not number'],
  ['readBatch', () => readBatch(5 as never), 'readBatch: path must be the name of a file, not 5'],
  ['readBatch', () => readBatch('x', {} as never), 'readBatch: other must be a function, not an object'],
  ['writeBatch', () => writeBatch(null as never), 'writeBatch: path must be the name of a file, not null'],
  [
    'writeBatch',
    () => writeBatch('x', { errors: [] as never }),
    'writeBatch: errors must be the name of a file, not an empty array',
  ],
  [
    'writeBatch',
    () => writeBatch('x', { overwrite: 1 as never }),
    'writeBatch: overwrite must be true or false, not 1',
  ],
  ['fileJournal', () => fileJournal(5 as never), 'fileJournal: path must be the name of a file, not 5'],
  [
    'fakeProvider',
    () => fakeProvider(null as never),
    'fakeProvider: the script must be a function, or a list of at least one reply, not null',
  ],
  [
    'fakeProvider',
    () => fakeProvider([]),
    'fakeProvider: the script must be a function, or a list of at least one reply, not an empty array',
  ],
  ['jsonSchemaOf', () => jsonSchemaOf(null as never), 'jsonSchemaOf: the codec must be one of io-ts, not null'],
];

it.each(values)('%s tells a value that is none of its own', (_, call, message) => {
  expect(call).toThrow(new TypeError(message));
});

it.each<[string, unknown, RegExp]>([
  ['null', null, /options must be an object, not null/],
  ['a misspelt option', { sed: 1 }, /unknown option 'sed' \(did you mean seed\?\)/],
  ['a misspelt fault', { faults: { stal: 0.1 } }, /unknown option 'stal' \(did you mean stall\?\)/],
  ['faults that are none', { faults: 5 }, /faults.* must be an object, not 5/],
  ['a latency that is none', { latency: 5 }, /latency.* must be an object, not 5/],
  ['half a latency', { latency: { p50Ms: 5 } }, /latency\.p99Ms is missing, expected at least p50Ms/],
  ['a rate limit without a rate', { rateLimit: { burst: 5 } }, /rateLimit\.rps is missing, expected a number above 0/],
])('simulateProviders rejects %s, and starts nothing', async (_, options, message) => {
  await expect(simulateProviders(options as object)).rejects.toThrow(TypeError);
  await expect(simulateProviders(options as object)).rejects.toThrow(message);
});
