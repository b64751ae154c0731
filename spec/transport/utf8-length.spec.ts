import * as fc from 'fast-check';
import { utf8Length } from '../../lib/transport/utf8-length';

describe('utf8Length', () => {
  it('is what the text takes as UTF-8, whole or in part', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, text, (before, part, after) => {
        const whole = before + part + after;
        expect(utf8Length(whole)).toBe(Buffer.byteLength(whole));
        expect(utf8Length(whole, before.length, before.length + part.length)).toBe(Buffer.byteLength(part));
      }),
    );
  });

  it('adds up, also where it is cut in the middle of a character', () => {
    const text = 'a\u{1F600}é日';
    for (let at = 0; at <= text.length; at++) expect(utf8Length(text, 0, at) + utf8Length(text, at)).toBe(10);
  });
});
