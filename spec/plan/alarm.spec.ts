import { alarm } from '../../lib/plan/alarm';

describe('alarm', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('rings once, at its time', () => {
    const ring = jest.fn();
    alarm().set(1500, 1000, ring);
    jest.advanceTimersByTime(499);
    expect(ring).not.toHaveBeenCalled();
    jest.advanceTimersByTime(10_000);
    expect(ring).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('rings at the time set last only', () => {
    const [ring, first] = [jest.fn(), jest.fn()];
    const bell = alarm();
    bell.set(100, 0, first);
    bell.set(200, 0, ring);
    expect([bell.time(), jest.getTimerCount()]).toEqual([200, 1]);
    jest.advanceTimersByTime(200);
    expect(first).not.toHaveBeenCalled();
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it('is off at Infinity, after which no timer is left', () => {
    const bell = alarm();
    bell.set(100, 0, jest.fn());
    bell.set(Infinity, 0, jest.fn());
    expect([bell.time(), jest.getTimerCount()]).toEqual([Infinity, 0]);
  });

  it('may be set while it rings', () => {
    const bell = alarm();
    const ring = jest.fn();
    bell.set(100, 0, () => {
      bell.set(300, 100, ring);
    });
    jest.advanceTimersByTime(100);
    expect(bell.time()).toBe(300);
    jest.advanceTimersByTime(200);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it('never sets a timer that would overflow and ring at once', () => {
    const ring = jest.fn();
    alarm().set(1e12, 0, ring);
    jest.advanceTimersByTime(1000);
    expect(ring).not.toHaveBeenCalled();
  });
});
