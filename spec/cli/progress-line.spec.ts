import type { Progress } from '../../lib';
import { progressLine, timeLeft } from '../../lib/cli/progress-line';

const nothing: Progress = {
  done: 0,
  failed: 0,
  restored: 0,
  inFlight: 0,
  waiting: 0,
  retries: 0,
  tokens: 0,
  cost: 0,
  perSecond: 0,
} as unknown as Progress;

describe('progressLine', () => {
  it('has no rate, cost or time left before there is one', () => {
    expect(progressLine({ ...nothing, inFlight: 8 }, 1000)).toBe('0/1 000 | 0 failed | 8 in flight | 0 tokens');
  });

  it('has all there is', () => {
    const progress = {
      done: 400,
      failed: 3,
      restored: 100,
      inFlight: 8,
      waiting: 2,
      retries: 5,
      tokens: 9000,
      cost: 1.5,
    };
    expect(progressLine({ ...nothing, ...progress, perSecond: 4.44 }, 1000)).toBe(
      '400/1 000 | 100 restored | 3 failed | 8 in flight (2 waiting) | 5 retries | 9 000 tokens | $1.50 | 4.4/s | 2 min 15 s left',
    );
  });

  it.each([
    [9.94, '9.9/s'],
    [9.96, '10/s'],
    [1234, '1 234/s'],
  ])('tells a rate of %d as %s', (perSecond, expected) => {
    expect(progressLine({ ...nothing, perSecond }, 10)).toContain(` ${expected}`);
  });

  it('says nothing of time left when there is nothing left, and never less than none', () => {
    expect(progressLine({ ...nothing, done: 10, perSecond: 5 }, 10)).not.toContain('left');
    expect(timeLeft({ ...nothing, done: 12, perSecond: 5 }, 10)).toBe(0);
    expect(timeLeft(nothing, 10)).toBeUndefined();
  });
});
