import { afterRoundTrip, afterThrottle, unlimited, type Parallelism } from '../../lib/plan/parallelism';

/** Learned from calls 0 to 9, the latest of which was throttled. */
const seven = afterThrottle(unlimited, { number: 9, next: 10, inFlight: 10 });

describe('learned parallelism', () => {
  it('is no limit until the first throttle', () => {
    expect(afterRoundTrip(unlimited, { number: 0, next: 1000, inFlight: 1000 }).limit).toBeUndefined();
  });

  it.each([
    [10, 7],
    [64, 44],
    [3, 2],
    [2, 1],
    [1, 1],
  ])('is cut from %i in flight to %i', (inFlight, limit) => {
    expect(afterThrottle(unlimited, { number: 0, next: inFlight, inFlight }).limit).toBe(limit);
  });

  it('is cut once for all calls that were under way', () => {
    const late = [0, 3, 8, 9].reduce<Parallelism>(
      (learned, number, i) => afterThrottle(learned, { number, next: 10, inFlight: 9 - i }),
      seven,
    );
    expect(late).toEqual(seven);
  });

  it('is cut again for a call that was sent afterwards', () => {
    expect(afterThrottle(seven, { number: 10, next: 17, inFlight: 7 }).limit).toBe(4);
  });

  it('grows by 1 a round trip', () => {
    const eight = afterRoundTrip(seven, { number: 10, next: 17, inFlight: 7 });
    expect(eight.limit).toBe(8);
    expect(afterRoundTrip(eight, { number: 16, next: 17, inFlight: 8 }).limit).toBe(8);
    expect(afterRoundTrip(eight, { number: 17, next: 25, inFlight: 8 }).limit).toBe(9);
  });

  it('does not grow by calls that were sent before the cut', () => {
    expect(afterRoundTrip(seven, { number: 9, next: 10, inFlight: 9 })).toBe(seven);
  });

  it('neither grows nor is forgotten while it does not bind', () => {
    expect(afterRoundTrip(seven, { number: 10, next: 12, inFlight: 6 })).toBe(seven);
  });
});
