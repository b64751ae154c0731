import * as fc from 'fast-check';
import { tokenPieces } from '../../../lib/testing/simulate/token-pieces';

describe('tokenPieces', () => {
  it('cuts a text at its words, the space before each', () => {
    expect(tokenPieces('So Zürich it is: {"unlikely": 1}.\n')).toEqual([
      'So',
      ' Zürich',
      ' it',
      ' is',
      ':',
      ' {"',
      'unlikely',
      '":',
      ' 1',
      '}.',
      '\n',
    ]);
  });

  it('gives nothing for nothing', () => {
    expect(tokenPieces('')).toEqual([]);
  });

  it('loses nothing, and halves no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const pieces = tokenPieces(text);
        expect(pieces.join('')).toBe(text);
        expect(pieces.map((piece) => Buffer.from(piece).toString())).toEqual(pieces);
      }),
    );
  });
});
