import fc from 'fast-check';
import { Tiktoken } from 'js-tiktoken/lite';
import cl100kRanks from 'js-tiktoken/ranks/cl100k_base';
import o200kRanks from 'js-tiktoken/ranks/o200k_base';
import { encoding, type EncodingName } from '../../lib/tokens/encoding';
import type { Tokenizer } from '../../lib/tokens/tokenizer';
import { corpus } from './corpus';
import { onlyValue } from './only-value';

/** From tiktoken's own tests (tests/test_encoding.py) and OpenAI's cookbook (How to count tokens with tiktoken). */
const published: readonly [name: EncodingName, text: string, tokens: readonly number[]][] = [
  ['cl100k_base', 'hello world', [15339, 1917]],
  ['cl100k_base', 'rer', [38149]],
  ['cl100k_base', "'rer", [2351, 81]],
  ['cl100k_base', 'today\n ', [31213, 198, 220]],
  ['cl100k_base', 'today\n \n', [31213, 27907]],
  ['cl100k_base', 'today\n  \n', [31213, 14211]],
  ['cl100k_base', '👍', [9468, 239, 235]],
  ['cl100k_base', '', []],
  ['cl100k_base', 'tiktoken is great!', [83, 1609, 5963, 374, 2294, 0]],
  ['cl100k_base', 'antidisestablishmentarianism', [519, 85342, 34500, 479, 8997, 2191]],
  ['cl100k_base', '2 + 2 = 4', [17, 489, 220, 17, 284, 220, 19]],
  ['cl100k_base', 'お誕生日おめでとう', [33334, 45918, 243, 21990, 9080, 33334, 62004, 16556, 78699]],
  ['o200k_base', 'antidisestablishmentarianism', [493, 129901, 376, 160388, 21203, 2367]],
  ['o200k_base', '2 + 2 = 4', [17, 659, 220, 17, 314, 220, 19]],
  ['o200k_base', 'お誕生日おめでとう', [8930, 9697, 243, 128225, 8930, 17693, 4344, 48669]],
];

/** An implementation of somebody else's, over the ranks as OpenAI publishes them. */
const other = { o200k_base: new Tiktoken(o200kRanks), cl100k_base: new Tiktoken(cl100kRanks) };

const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const pieces = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\ufeff')),
  fc
    .constantFrom(...Object.values(corpus))
    .chain((text) => fc.tuple(fc.nat(text.length), fc.nat(20)).map(([from, size]) => text.slice(from, from + size))),
  fc.constantFrom(' ', '\n', '\t', '   ', "'s", "'LL", '<|endoftext|>', '\ud83d', '\u0301', '\u200d', '0'),
);
const texts = fc.array(pieces, { maxLength: 8 }).map((all) => all.join(''));

describe.each(['o200k_base', 'cl100k_base'] as const)('%s', (name) => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await onlyValue(encoding(name));
  });

  it.each(published.filter(([of]) => of === name))('%s gives %j the published tokens', (_name, text, tokens) => {
    expect(tokenizer.encode(text)).toEqual(tokens);
    expect(tokenizer.count(text)).toBe(tokens.length);
    expect(tokenizer.decode(tokens)).toBe(text);
  });

  it.each(Object.entries(corpus))('agrees with another implementation on %s', (_what, text) => {
    const tokens = tokenizer.encode(text);
    expect(tokens).toEqual(other[name].encode(text, [], []));
    expect(tokenizer.count(text)).toBe(tokens.length);
    expect(tokenizer.decode(tokens)).toBe(text);
  });

  it('agrees with another implementation on whatever text, and gives it back', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const tokens = tokenizer.encode(text);
        expect(tokens).toEqual(other[name].encode(text, [], []));
        expect(tokenizer.count(text)).toBe(tokens.length);
        expect(tokenizer.decode(tokens)).toBe(text.replace(loneSurrogates, '\ufffd'));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['\ud83d', 'a\ud83db', '\udc4d\ud83d', 'x\udc00'])(
    'takes a lone surrogate in %j for U+FFFD, as tiktoken does',
    (text) => {
      expect(tokenizer.encode(text)).toEqual(tokenizer.encode(text.replace(loneSurrogates, '\ufffd')));
      expect(tokenizer.encode(text)).toEqual(other[name].encode(text));
    },
  );

  it('takes special tokens in a text for text', () => {
    const tokens = tokenizer.encode('<|endoftext|>');
    expect(tokens.length).toBeGreaterThan(5);
    expect(tokens.every((token) => token < 100_257 || name === 'o200k_base')).toBe(true);
    expect(tokens.every((token) => token < 199_998)).toBe(true);
  });

  it.each(['^', '0', 'a', "'s", ' ', '\n'])('gives back %j ten thousand times', (text) => {
    const long = ` ${text.repeat(10_000)}\n`;
    expect(tokenizer.decode(tokenizer.encode(long))).toBe(long);
  });

  // Of both its users are told. tiktoken's own tests give [220, 126, 227, 15] for the first.
  it('differs from tiktoken on U+0085 and U+FEFF alone, which ECMAScript and Unicode hold for different things', () => {
    expect(tokenizer.encode(' \u00850')).toEqual(name === 'cl100k_base' ? [2188, 227, 15] : [1322, 227, 15]);
    for (const text of ['\ufeff', '\ufeffusing System;', 'a\ufeffb', '\ufeff\ufeff']) {
      const [ours, theirs] = [tokenizer.count(text), other[name].encode(text).length];
      expect(ours - theirs).toBeGreaterThanOrEqual(1);
      expect(ours - theirs).toBeLessThanOrEqual(3);
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
    }
  });

  it('decodes half a character to U+FFFD, and forgets it', () => {
    const [half = 0, ...rest] = tokenizer.encode('\u{1FAE0}');
    const hello = tokenizer.encode('hello');
    expect(tokenizer.decode([half])).toBe('\ufffd');
    expect(tokenizer.decode([half, ...hello])).toBe('\ufffdhello');
    expect(tokenizer.decode(hello)).toBe('hello');
    expect(tokenizer.decode(rest)).not.toBe('\u{1FAE0}');
    expect(tokenizer.decode([half, ...rest])).toBe('\u{1FAE0}');
  });

  it('decodes a special token to its name, and throws for what is no token', () => {
    expect(tokenizer.decode([name === 'o200k_base' ? 199_999 : 100_257])).toBe('<|endoftext|>');
    for (const token of [-1, 0.5, NaN, 10_000_000]) expect(() => tokenizer.decode([token])).toThrow(String(token));
  });

  it('emits the same one each time, and completes', async () => {
    expect(await onlyValue(encoding(name))).toBe(tokenizer);
    expect(tokenizer).toMatchObject({ id: name });
    expect(tokenizer.fallback).toBeUndefined();
  });
});

describe('encoding, without its package', () => {
  afterEach(() => {
    jest.resetModules();
    jest.dontMock('gpt-tokenizer/bpeRanks/o200k_base');
  });

  it('errors in one line that names the package and the command, and is tried anew', async () => {
    jest.resetModules();
    jest.doMock('gpt-tokenizer/bpeRanks/o200k_base', () => {
      throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
    });
    const fresh = await import('../../lib/tokens/encoding');
    await expect(onlyValue(fresh.encoding('o200k_base'))).rejects.toThrow(
      /^o200k_base cannot be loaded without its package: npm install gpt-tokenizer$/,
    );
    jest.dontMock('gpt-tokenizer/bpeRanks/o200k_base');
    jest.resetModules();
    expect((await onlyValue(fresh.encoding('o200k_base'))).count('hello world')).toBe(2);
  });
});
