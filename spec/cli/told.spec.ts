import { count, dollars, duration } from '../../lib/cli/told';

describe('told', () => {
  it.each([
    [0, '0 ms'],
    [850.4, '850 ms'],
    [12_340, '12.3 s'],
    [250_000, '4 min 10 s'],
    [7_500_000, '2 h 5 min'],
  ])('a time of %d ms is %s', (ms, expected) => {
    expect(duration(ms)).toBe(expected);
  });

  it.each([
    [999.6, '1.0 s'],
    [59_960, '1 min 0 s'],
    [3_599_600, '1 h 0 min'],
  ])('a time of %d ms is not rounded to what nobody says', (ms, expected) => {
    expect(duration(ms)).toBe(expected);
  });

  it.each([
    [7, '7'],
    [1000, '1 000'],
    [1_234_567, '1 234 567'],
  ])('a count of %d is %s', (n, expected) => {
    expect(count(n)).toBe(expected);
  });

  it.each([
    [0, '$0.00'],
    [0.000_012_3, '$0.000012'],
    [0.009_99, '$0.010'],
    [12.345, '$12.35'],
    [0.000_000_012, 'less than $0.000001'],
  ])('%d USD are %s', (usd, expected) => {
    expect(dollars(usd)).toBe(expected);
  });
});
