import { tokenBucket } from '../../../lib/testing/simulate/token-bucket';

describe('tokenBucket', () => {
  it('gives its burst at once, then says how long the next token takes', () => {
    const take = tokenBucket({ rps: 10, burst: 3 }, () => 0);
    expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 100]);
  });

  it('is refilled at its rate, never above its burst', () => {
    let now = 0;
    const take = tokenBucket({ rps: 10, burst: 2 }, () => now);
    expect([take(), take(), take()]).toEqual([0, 0, 100]);
    now = 50;
    expect(take()).toBe(50);
    now = 100;
    expect([take(), take()]).toEqual([0, 100]);
    now = 60_000;
    expect([take(), take(), take()]).toEqual([0, 0, 100]);
  });

  it('is one second deep by default, and at least one token', () => {
    const second = tokenBucket({ rps: 4 }, () => 0);
    expect(Array.from({ length: 5 }, second)).toEqual([0, 0, 0, 0, 250]);
    const slow = tokenBucket({ rps: 0.5 }, () => 0);
    expect([slow(), slow()]).toEqual([0, 2000]);
  });
});
