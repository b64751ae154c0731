import { retryAfterMs } from '../../lib/transport/retry-after';

const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
const wait = (headers: Readonly<Record<string, string>>) => retryAfterMs(headers, () => now);

describe('retryAfterMs', () => {
  it.each([
    ['1', 1000],
    ['1.5', 1500],
    ['0.02', 20],
    [' 7 ', 7000],
    ['1e3', 1_000_000],
    ['2147484', 2_147_484_000],
    ['Wed, 21 Oct 2026 07:28:02 GMT', 2000],
    ['Wednesday, 21-Oct-26 07:28:05 GMT', 5000],
  ])('reads retry-after: %s', (value, expected) => {
    expect(wait({ 'retry-after': value })).toBe(expected);
  });

  it.each([
    '0',
    '-5',
    'soon',
    '',
    'NaN',
    'Infinity',
    '1e999',
    '1, 2',
    'Wed, 21 Oct 2026 07:27:00 GMT',
    '2026-10-21',
    'Someday, soon GMT',
  ])('takes nothing from retry-after: %s', (value) => {
    expect(wait({ 'retry-after': value })).toBeUndefined();
    expect(retryAfterMs({ 'retry-after': value }, () => 0)).toBe(
      value.startsWith('Wed') ? Date.parse(value) : undefined,
    );
  });

  it('prefers milliseconds, if they are valid', () => {
    expect(wait({ 'retry-after-ms': '150', 'retry-after': '3' })).toBe(150);
    for (const invalid of ['0', 'NaN', '-1', '', 'soon']) {
      expect(wait({ 'retry-after-ms': invalid, 'retry-after': '3' })).toBe(3000);
      expect(wait({ 'retry-after-ms': invalid })).toBeUndefined();
    }
  });

  it("measures a date against the reply's own, so that a clock that is wrong does no harm", () => {
    const headers = { 'retry-after': 'Wed, 21 Oct 2026 08:00:02 GMT', date: 'Wed, 21 Oct 2026 08:00:00 GMT' };
    for (const jump of [-3_600_000, 0, 3_600_000]) expect(retryAfterMs(headers, () => now + jump)).toBe(2000);
    expect(wait({ ...headers, date: 'yesterday' })).toBe(32 * 60_000 + 2000);
  });

  it('is nothing without a header', () => {
    expect(wait({})).toBeUndefined();
  });
});
