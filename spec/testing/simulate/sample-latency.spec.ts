import { sampleLatency } from '../../../lib/testing/simulate/sample-latency';
import { seededRandom } from '../../../lib/testing/simulate/seeded-random';

describe('sampleLatency', () => {
  const random = seededRandom(11);
  const drawn = Array.from({ length: 20_000 }, () => sampleLatency({ p50Ms: 80, p99Ms: 800 }, random)).sort(
    (a, b) => a - b,
  );
  const quantile = (share: number) => drawn[Math.floor(drawn.length * share)] ?? NaN;

  it('has the median that was asked for', () => {
    expect(quantile(0.5)).toBeGreaterThan(80 * 0.97);
    expect(quantile(0.5)).toBeLessThan(80 * 1.03);
  });

  it('has the 99th percentile that was asked for', () => {
    expect(quantile(0.99) / quantile(0.5)).toBeGreaterThan(9);
    expect(quantile(0.99) / quantile(0.5)).toBeLessThan(11);
  });

  it('is log-normal: as far below the median at 1 % as above it at 99 %, in ratio', () => {
    expect(quantile(0.5) / quantile(0.01)).toBeGreaterThan(9);
    expect(quantile(0.5) / quantile(0.01)).toBeLessThan(11);
  });

  it('is constant when both quantiles are equal', () => {
    expect(sampleLatency({ p50Ms: 30, p99Ms: 30 }, random)).toBe(30);
  });
});
