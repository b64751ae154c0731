import { left, right } from 'fp-ts/Either';
import { progressMeter } from '../../lib/bulk/progress-meter';

const done = { outcome: right('answer') };
const failed = { outcome: left('reason') };

describe('progressMeter', () => {
  it('counts what is taken and settled; tokens and cost of the rows that say so', () => {
    const tally = { waiting: 0, retries: 0 };
    const meter = progressMeter(
      () => 4,
      () => 0,
      tally,
    );
    for (let i = 0; i < 3; i++) meter.taken();
    meter.settled({ ...done, usage: { totalTokens: 5 }, cost: 0.25 });
    meter.settled({ ...failed, usage: { totalTokens: 2 } });
    tally.waiting = 1;
    tally.retries = 7;
    expect(meter.read()).toEqual({
      total: 4,
      taken: 3,
      done: 2,
      failed: 1,
      restored: 0,
      inFlight: 1,
      waiting: 1,
      retries: 7,
      tokens: 7,
      cost: 0.25,
      perSecond: 0,
    });
  });

  it('measures the rate over the last ten seconds, from readings however sparse', () => {
    let at = 0;
    const meter = progressMeter(
      () => 1000,
      () => at,
    );
    const settle = (count: number): void => {
      for (let i = 0; i < count; i++) meter.settled(done);
    };
    for (at = 1000; at <= 20_000; at += 1000) {
      settle(10);
      expect(meter.read().perSecond).toBe(10);
    }
    for (at = 21_000; at <= 30_000; at += 1000) {
      settle(20);
      meter.read();
    }
    at = 30_000;
    expect(meter.read()).toMatchObject({ done: 400, perSecond: 20, etaMs: 30_000 });
    at = 90_000;
    expect(meter.read().perSecond).toBe(0);
    expect(meter.read()).not.toHaveProperty('etaMs');
  });

  it('does not take what is restored for work: it is no rate, no tokens and no cost', () => {
    let at = 0;
    const meter = progressMeter(
      () => 1000,
      () => at,
    );
    for (let i = 0; i < 900; i++) meter.settled({ ...done, usage: { totalTokens: 5 }, cost: 1, restored: true });
    at = 500;
    meter.settled({ ...done, usage: { totalTokens: 5 }, cost: 1 });
    expect(meter.read()).toMatchObject({ done: 901, restored: 900, tokens: 5, cost: 1, perSecond: 2 });
    expect(meter.read()).not.toHaveProperty('etaMs');
    at = 1000;
    expect(meter.read()).toMatchObject({ perSecond: 1, etaMs: 99_000 });
  });

  it('knows no time left without a total or a rate, and none is left at the end', () => {
    let [at, total] = [0, undefined as number | undefined];
    const meter = progressMeter(
      () => total,
      () => at,
    );
    meter.settled(done);
    expect(meter.read()).not.toHaveProperty('etaMs');
    total = 2;
    expect(meter.read()).not.toHaveProperty('etaMs');
    at = 1000;
    expect(meter.read().etaMs).toBe(1000);
    meter.settled(done);
    expect(meter.read().etaMs).toBe(0);
  });
});
