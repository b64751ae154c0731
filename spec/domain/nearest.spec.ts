import { nearest } from '../../lib/domain/nearest';

describe('nearest', () => {
  const names = ['rpm', 'tpm', 'concurrency', 'maxRetries', 'timeouts'];

  it.each([
    ['rmp', 'rpm'],
    ['RPM', 'rpm'],
    ['concurency', 'concurrency'],
    ['maxRetry', 'maxRetries'],
    ['timeout', 'timeouts'],
  ])('takes %s for %s', (name, meant) => {
    expect(nearest(name, names)).toBe(meant);
  });

  it('does not take one word for another', () => {
    expect(nearest('temperature', names)).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
    expect(nearest('x'.repeat(1_000_000), [...names, 'x'.repeat(1_000_000)])).toBeUndefined();
  });
});
