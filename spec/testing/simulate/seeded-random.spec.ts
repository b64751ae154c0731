import { seededRandom } from '../../../lib/testing/simulate/seeded-random';

const draw = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

describe('seededRandom', () => {
  it('repeats itself for the same seed and differs for another', () => {
    expect(draw(7, 50)).toEqual(draw(7, 50));
    expect(draw(7, 50)).not.toEqual(draw(8, 50));
  });

  it('stays in [0, 1) and is even over ten bins', () => {
    const bins = Array.from({ length: 10 }, () => 0);
    for (const value of draw(3, 50_000)) {
      expect(value >= 0 && value < 1).toBe(true);
      bins[Math.floor(value * 10)] = (bins[Math.floor(value * 10)] ?? 0) + 1;
    }
    for (const count of bins) expect(Math.abs(count - 5000)).toBeLessThan(300);
  });

  it('gives unrelated first numbers for neighbouring seeds', () => {
    const firsts = Array.from({ length: 2000 }, (_, seed) => seededRandom(seed)());
    expect(firsts.filter((value) => value < 0.1).length).toBeGreaterThan(140);
    expect(firsts.filter((value) => value < 0.1).length).toBeLessThan(260);
  });
});
