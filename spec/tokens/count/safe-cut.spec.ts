import fc from 'fast-check';
import { encoding } from '../../../lib/tokens/encoding';
import { isSafeCut } from '../../../lib/tokens/count/safe-cut';
import { corpus } from '../corpus';
import { onlyValue } from '../only-value';

/** What the pre-tokenizers tell apart: letters of every case and script, digits, marks, white space, symbols, contractions, halves of pairs. */
const alphabet = [
  ...Array.from(' \t\n\r\u00a0\u2028\ufeff\u0085\u000b'),
  ...Array.from('abzAZßéЖжΩ中的あア한ไกษǅʰ'),
  ...Array.from('0159٣Ⅷ½²'),
  ...Array.from('\u0301\u0483\u0e31\u093f\ufe0f\u20e3'),
  ...Array.from('sStTdDmMlLvVrReE'),
  ...Array.from('\'’.,!?-_/\\{}[]()<>"`~@#$%^&*+=|:;。，、'),
  ...['😀', '𝒳', '𝟏', '𠀀', '👩‍👩‍👧', '\ud800', '\udc00', "'s", "'ll", "'RE", '//', '\r\n', '  ', 'the', ' the'],
];
const texts = fc.oneof(
  fc.array(fc.constantFrom(...alphabet), { maxLength: 24, size: 'max' }).map((characters) => characters.join('')),
  fc.string({ unit: 'binary', maxLength: 24, size: 'max' }),
);

function safeCuts(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, at) => at).filter((at) => at > 0 && isSafeCut(text, at));
}

describe.each(['o200k_base', 'cl100k_base'] as const)('isSafeCut, %s', (name) => {
  it('is true only where the two parts count what the whole does', async () => {
    const { count } = await onlyValue(encoding(name));
    fc.assert(
      fc.property(texts, (text) => {
        for (const at of safeCuts(text)) {
          expect({ at, tokens: count(text.slice(0, at)) + count(text.slice(at)) }).toEqual({ at, tokens: count(text) });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each(Object.entries(corpus))('cuts %s into many pieces that add up', async (_what, text) => {
    const { count } = await onlyValue(encoding(name));
    const cuts = [0, ...safeCuts(text), text.length];
    const sum = cuts.slice(1).reduce((tokens, to, index) => tokens + count(text.slice(cuts[index], to)), 0);
    expect(sum).toBe(count(text));
  });
});

describe('isSafeCut', () => {
  it.each([
    ['letters, of which one is a pair', 'a𝒳b'],
    ['digits, of which one is a pair', '1𝟏2'],
    ['white space of several kinds', '\u00a0 \u2028\t'],
    ['a letter and its mark', 'e\u0301'],
    ['a contraction', "it's"],
    ['punctuation and the end of its line', '};\n'],
  ])('finds none inside of what may be one piece: %s', (_what, text) => {
    expect(safeCuts(text)).toEqual([]);
  });

  it('finds a cut at nearly every word, number and stop', () => {
    expect(safeCuts('Order 66, now: 中文，很好。')).toEqual([5, 8, 9, 13, 14, 17, 20]);
    for (const language of ['English', 'German', 'Russian', 'Arabic', 'Korean', 'code', 'JSON', 'base64']) {
      const text = corpus[language] ?? '';
      const cuts = [0, ...safeCuts(text), text.length];
      const longest = Math.max(...cuts.slice(1).map((to, index) => to - (cuts[index] ?? 0)));
      expect(longest).toBeLessThan(40);
    }
  });
});
