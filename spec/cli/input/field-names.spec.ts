import { fieldNames } from '../../../lib/cli/input/field-names';

describe('fieldNames', () => {
  it('lists them', () => {
    expect(fieldNames({ id: 1, text: 'x' })).toBe('id, text');
    expect(fieldNames({})).toBe('none');
  });

  it('stays a line of a length that can be read, whatever stands where names should be', () => {
    const wide = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`column ${String(i)}`, i]));
    expect(fieldNames(wide)).toMatch(/^column 0, .*, column 9 and 290 more$/);
    const prompt = `Dear\nsir, ${'very long '.repeat(50)}`;
    expect(fieldNames({ [prompt]: 1 })).toBe('Dear sir, very long very long very long …');
  });
});
