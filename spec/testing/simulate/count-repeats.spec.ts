import { countRepeats } from '../../../lib/testing/simulate/count-repeats';

describe('countRepeats', () => {
  it('counts each key by itself, from 0', () => {
    const repeats = countRepeats(10);
    expect([repeats(1), repeats(1), repeats(2), repeats(1)]).toEqual([0, 1, 0, 2]);
  });

  it('forgets the oldest key when there are too many', () => {
    const repeats = countRepeats(2);
    expect([repeats(1), repeats(2), repeats(3), repeats(2), repeats(3), repeats(1)]).toEqual([0, 0, 0, 1, 1, 0]);
  });
});
